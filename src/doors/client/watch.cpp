#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "event_reader.hpp"
#include "problem.hpp"
#include "text.hpp"

namespace kula::client {
namespace {

constexpr std::chrono::seconds longest_pause{30};

std::string as_json_line(Event const& event) {
    auto data = Json::parse(event.data, nullptr, false);
    Json line = {{"id", event.id}, {"event", event.kind}};
    line["data"] = data.is_discarded() ? Json(event.data) : std::move(data);
    return written(line) + '\n';
}

std::string as_text_line(Event const& event, unsigned columns) {
    auto const line = fitted(fmt::format("{:<11} {}", printable(event.kind), printable(event.data)), columns);
    return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

}  // namespace

int Command::watch() {
    auto const& operation = *invocation_.operation;
    auto const& options = invocation_.options;
    bool const as_table = format() == Format::table;
    EventReader reader;
    std::uint64_t taken = 0;
    bool is_read = true;
    bool was_connected = false;
    auto const receive = [&](Event const& event) {
        is_read = write(as_table ? as_text_line(event, surroundings_.width.value_or(160)) : as_json_line(event));
        ++taken;
        return is_read && (!options.limit || taken < *options.limit);
    };
    for (std::chrono::seconds pause{1};;) {
        auto asked = request(operation);
        asked.target += query_text(invocation_.query);
        if (!reader.last_id().empty()) asked.headers.set("Last-Event-ID", reader.last_id());
        auto const before = taken;
        bool is_wanted = true;
        auto const answer = asking_.ask(asked, [&](std::string_view bytes) {
            was_connected = true;
            return is_wanted = reader.take(bytes, receive);
        });
        if (!is_read) return failed;
        if (options.limit && taken >= *options.limit) return done;
        if (answer && !is_wanted) return tell(base::unavailable("an event is larger than may be"), failed);
        if (answer && !answer->is_good()) return refused(*answer);
        was_connected = was_connected || answer;
        if (!was_connected) return tell(answer.error(), unreachable);
        if (!answer) say(answer.error().detail + "; trying again");
        reader.begin_again();
        pause = taken > before ? std::chrono::seconds{1} : std::min(pause * 2, longest_pause);
        auto const wanted =
            std::chrono::ceil<std::chrono::seconds>(reader.retry().value_or(std::chrono::milliseconds{0}));
        surroundings_.pause(std::min(std::max(pause, wanted), longest_pause));
    }
}

}  // namespace kula::client
