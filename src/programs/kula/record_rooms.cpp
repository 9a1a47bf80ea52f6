#include "record_rooms.hpp"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "exit_status.hpp"
#include "owner_socket.hpp"
#include "upgrade.hpp"

namespace kula {

void add_record_place(CLI::App& command, RecordPlace& place) {
    command.add_option("--data", place.data, "The data folder; made if it is missing")
        ->option_text("DIR")
        ->envname("KULA_DATA")
        ->required();
    command.add_option("--database", place.database, "PostgreSQL instead of SQLite in the data folder")
        ->option_text("postgresql://...")
        ->envname("KULA_DATABASE");
}

base::Result<std::unique_ptr<RecordRooms>> RecordRooms::open(RecordPlace const& place) {
    std::unique_ptr<RecordRooms> rooms(new RecordRooms());
    auto database = storage::Database::open({.folder = place.data, .url = place.database}, rooms->clock_);
    if (!database) return database.error();
    rooms->database_ = std::move(*database);
    auto const upgraded = upgrade(*rooms->database_, {{.folder = place.data, .url = place.database}}, rooms->clock_);
    if (!upgraded) return upgraded.error();
    auto journal = journal::Journal::open(*rooms->database_, rooms->clock_);
    if (!journal) return journal.error();
    rooms->journal_ = std::move(*journal);
    auto registry = registry::Registry::open(*rooms->database_, *rooms->journal_, rooms->clock_);
    if (!registry) return registry.error();
    rooms->registry_ = std::move(*registry);
    auto events = events::EventStore::open(*rooms->database_, rooms->clock_);
    if (!events) return events.error();
    rooms->events_ = std::move(*events);
    auto indicators = indicators::Store::open(*rooms->database_, *rooms->journal_, rooms->clock_);
    if (!indicators) return indicators.error();
    rooms->indicators_ = std::move(*indicators);
    auto vulnerabilities = vulnerabilities::Catalogue::open(*rooms->database_, *rooms->journal_, rooms->clock_);
    if (!vulnerabilities) return vulnerabilities.error();
    rooms->vulnerabilities_ = std::move(*vulnerabilities);
    auto intake = intake::Intake::open(*rooms->database_, *rooms->journal_, *rooms->events_, *rooms->registry_,
                                       *rooms->indicators_, *rooms->vulnerabilities_, rooms->clock_);
    if (!intake) return intake.error();
    rooms->intake_ = std::move(*intake);
    // Nothing is fetched here: what is sealed of feeds stays so.
    auto feeds =
        intake::Feeds::open(*rooms->intake_, *rooms->database_, *rooms->journal_, seals::SecretBox({}), rooms->clock_);
    if (!feeds) return feeds.error();
    rooms->feeds_ = std::move(*feeds);
    return rooms;
}

int RecordPlaceOwner::ask(std::string_view command, AdminRequest const& request, int file) const {
    auto const print = to_standard_streams();
    auto const written = [&](int status) {
        return std::fflush(stdout) == 0 ? status : failed(command, "standard output takes no more");
    };
    if (!rooms_) {
        if (auto const status = ask_owner(place_.data, request, file, print)) return written(*status);
        auto opened = RecordRooms::open(place_);
        if (!opened) return failed(command, opened.error().detail);
        rooms_ = std::move(*opened);
    }
    return written(answer_record_verb(request, file, rooms_->verbs(), print, {}));
}

}  // namespace kula
