// Deliveries as they come: alone or in archives.

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/ascii.hpp"
#include "content.hpp"
#include "content_format.hpp"
#include "delivery_table.hpp"
#include "formats/zip_archive.hpp"
#include "intake/intake.hpp"
#include "mail_parts.hpp"
#include "mapping_rules.hpp"
#include "row.hpp"
#include "storage/record.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using delivery_table::archive_format;
using delivery_table::mail_format;
using delivery_table::State;
using storage::Priority;
using storage::Session;

/// The first that may go better another time.
void note_failure(base::Result<DeliveryAccount> const& account, std::optional<base::Error>& failed) {
    if (!failed && !account && account.error().fault == base::Fault::unavailable) failed = account.error();
}

}  // namespace

/// What a file and, if it is an archive or a mail, each file in it tell.
class Intake::Unpacking {
public:
    /// Of a delivery of so many bytes.
    Unpacking(Intake const& intake, std::function<void(Received const&)> const& visit, std::stop_token const& stop,
              std::uint64_t came)
        : intake_(intake), visit_(visit), stop_(stop), came_(came) {}

    void receive(FileTold const& told, std::string const& shown, storage::Blob const& blob, int depth) {
        auto const path = intake_.blobs_.path_of(blob.sha256);
        auto const packing = packing_of(path, told.name);
        if (!packing) return tell(shown, packing.error());
        if (packing->empty()) return receive_rows(told, shown, blob);
        auto const begun = begin(told, blob, *packing);
        if (!begun) return tell(shown, begun.error());
        auto account = *begun;
        bool const is_mail = *packing == mail_format;
        if (depth == deepest_archive)
            return refuse(shown, account,
                          is_mail ? "it is a mail inside three others" : "it is an archive inside three others");
        if (is_mail) return receive_mail(path, told, shown, account, depth);
        auto archive = formats::ZipArchive::open(path);
        if (!archive && archive.error().fault == base::Fault::unavailable) return tell(shown, archive.error());
        if (!archive) return refuse(shown, account, archive.error().detail);
        if (archive->files().empty()) return refuse(shown, account, "it is an archive without files");
        for (auto const& file : archive->files()) {
            auto inner = told;
            inner.name = as_utf8(file.name.substr(file.name.find_last_of("/\\") + 1));
            receive_file(
                inner, as_utf8(file.name), [&](Take const& take) { return archive->read(file, take); }, shown, account,
                depth);
        }
        if (!failed_) settle(account, State::read, shown);
    }

private:
    using Take = std::function<base::Result<void>(std::span<std::byte const> piece)>;
    using Unpack = std::function<base::Result<void>(Take const& take)>;

    static constexpr int deepest_archive = 3;

    /// What it is that holds others; empty where it is read itself.
    static base::Result<std::string_view> packing_of(std::filesystem::path const& path, std::string const& name) {
        std::ifstream file(path, std::ios::binary);
        std::string first(longest_beginning, '\0');
        file.read(first.data(), static_cast<std::streamsize>(first.size()));
        if (!file.is_open() || file.bad()) return base::unavailable(path.string() + " cannot be read");
        first.resize(static_cast<std::size_t>(file.gcount()));
        if (formats::is_zip(std::as_bytes(std::span(first)))) return archive_format;
        bool const is_called_mail = base::lower_case(name).ends_with(".eml");
        return is_called_mail || is_mail(first) ? mail_format : std::string_view();
    }
    void receive_mail(std::filesystem::path const& path, FileTold const& told, std::string const& shown,
                      DeliveryAccount& account, int depth) {
        auto const mail = formats::MailMessage::open(path);
        if (!mail && mail.error().fault == base::Fault::unavailable) return tell(shown, mail.error());
        if (!mail) return refuse(shown, account, mail.error().detail);
        auto const contents = contents_of(*mail, told);
        account.is_complete = !mail->fault();
        auto const reason = mail->fault() && !contents.reason.empty() ? *mail->fault() + "; " + contents.reason
                                                                      : mail->fault().value_or(contents.reason);
        if (contents.deliveries.empty()) return refuse(shown, account, reason);
        if (!reason.empty()) account.reason = reason;
        for (auto const& each : contents.deliveries) {
            receive_file(
                each.told, each.told.name, [&](Take const& take) { return mail->read(each.part, take); }, shown,
                account, depth);
        }
        if (failed_) return;
        settle(account, State::read, shown);
        if (!reason.empty()) tell(shown, account);
    }
    /// Unpacked; empty of what cannot be read, of which reading tells.
    static std::string beginning_of(std::filesystem::path const& path) {
        auto content = Content::open(path);
        if (!content) return {};
        auto const piece = content->next();
        return piece ? std::string(as_text(piece->first(std::min(piece->size(), longest_beginning)))) : std::string();
    }
    void receive_rows(FileTold const& told, std::string const& shown, storage::Blob const& blob) {
        auto const incoming = incoming_of(told, beginning_of(intake_.blobs_.path_of(blob.sha256)));
        if (incoming) return tell(shown, intake_.read(*incoming, blob, stop_));
        if (incoming.error().fault != base::Fault::not_found) return tell(shown, incoming.error());
        auto account = begin(told, blob, delivery_table::untold_format);
        if (!account) return tell(shown, account.error());
        refuse(shown, *account, incoming.error().detail);
    }
    void receive_file(FileTold const& told, std::string const& name, Unpack const& unpack_it, std::string const& shown,
                      DeliveryAccount& account, int depth) {
        if (failed_) return;
        auto const blob = unpack(unpack_it);
        if (!blob) {
            tell(shown + '/' + name, blob.error());
            account.is_complete = false;
            if (!account.reason) account.reason = name + ": " + blob.error().detail;
            return;
        }
        receive(told, shown + '/' + name, *blob, depth + 1);
    }
    [[nodiscard]] base::Result<storage::Blob> unpack(Unpack const& unpack_it) {
        if (++files_ > formats::ZipArchive::most_files) return base::invalid("there are more files than 1,000");
        auto writer = intake_.begin();
        if (!writer) return writer.error();
        auto const read = unpack_it([&](std::span<std::byte const> piece) -> base::Result<void> {
            made_ += piece.size();
            if (is_bomb(made_, came_)) return base::invalid("it unpacks to far more than it is");
            if (stop_.stop_requested()) return stopped();
            return writer->add(piece);
        });
        if (!read) return read.error();
        return writer->finish();
    }
    [[nodiscard]] base::Result<DeliveryAccount> begin(FileTold const& told, storage::Blob const& blob,
                                                      std::string_view packing) const {
        auto const rules = to_json(told);
        delivery_table::Coming const coming{told.name, told.source.empty() ? std::string(packing) : told.source,
                                            std::string(packing), fingerprint_of(rules), rules};
        auto const stored = intake_.database_.write(Priority::bulk, [&](Session& session) {
            auto known = delivery_table::find_or_add(session, coming, blob,
                                                     storage::new_record(intake_.clock_, "source:" + coming.source));
            // Its files are looked at again, each of which knows what it told.
            if (known.state == State::stored) return known;
            delivery_table::begin_anew(session, known.account.id, coming);
            return delivery_table::find_or_add(session, coming, blob, storage::new_record(intake_.clock_, "intake"));
        });
        if (!stored) return stored.error();
        return stored->account;
    }
    void settle(DeliveryAccount const& account, State state, std::string const& shown) {
        auto const done = intake_.database_.write(Priority::bulk, [&](Session& session) {
            delivery_table::store(session, account, state, storage::new_record(intake_.clock_, "intake"));
        });
        if (!done) tell(shown, done.error());
    }
    void refuse(std::string const& shown, DeliveryAccount& account, std::string reason) {
        account.reason = std::move(reason);
        account.was_refused = true;
        settle(account, State::refused, shown);
        tell(shown, account);
    }
    void tell(std::string const& shown, base::Result<DeliveryAccount> account) {
        note_failure(account, failed_);
        visit_({shown, std::move(account)});
    }

    Intake const& intake_;
    std::function<void(Received const&)> const& visit_;
    std::stop_token const& stop_;
    std::uint64_t const came_;             ///< Bytes of all.
    std::uint64_t made_ = 0;               ///< Bytes that were unpacked, of archives and mails in it too.
    std::uint64_t files_ = 0;              ///< Likewise.
    std::optional<base::Error> failed_{};  ///< Of disk or database: what follows is left for the next call.
};

void Intake::receive(FileTold const& told, storage::Blob const& blob, std::function<void(Received const&)> const& visit,
                     std::stop_token const& stop) const {
    Unpacking(*this, visit, stop, blob.bytes).receive(told, told.name, blob, 0);
}

base::Result<std::size_t> Intake::go_on(std::stop_token const& stop) const {
    auto const begun = database_.read([](Session const& session) { return delivery_table::begun(session); });
    if (!begun) return begun.error();
    std::size_t read_on = 0;
    std::optional<base::Error> first_failure;
    for (auto const& each : *begun) {
        if (stop.stop_requested()) return stopped();
        if (is_being_read({each.source, each.blob.sha256})) continue;
        std::optional<base::Error> failed;
        if (auto const told = file_told_from(each.rules)) {
            receive(
                *told, each.blob, [&](Received const& file) { note_failure(file.account, failed); }, stop);
        } else if (auto mapping = Mapping::parse(each.rules)) {
            note_failure(read({each.name, each.source, std::move(*mapping)}, each.blob, stop), failed);
        } else {
            continue;
        }
        if (!failed) ++read_on;
        if (failed && !first_failure) first_failure = failed;
    }
    if (first_failure) return *first_failure;
    return read_on;
}

}  // namespace kula::intake
