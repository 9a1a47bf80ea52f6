#include "misp_folder.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/id.hpp"
#include "intake/mapping.hpp"
#include "net/web_address.hpp"
#include "row.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t most_events = 200'000;
constexpr std::string_view manifest_name = "/manifest.json";

/// MISP writes it as text.
std::int64_t stamp_of(Json const& event) {
    auto const found = event.is_object() ? event.find("timestamp") : event.end();
    if (found == event.end()) return 0;
    if (found->is_number_integer()) return found->get<std::int64_t>();
    if (!found->is_string()) return 0;
    auto const& text = found->get_ref<std::string const&>();
    std::int64_t out = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
    return fault == std::errc() && end == text.data() + text.size() ? out : 0;
}

/// Of each event only what is asked for: a manifest says much of its events.
bool is_wanted(int depth, Json::parse_event_t event, Json& parsed) {
    constexpr int of_an_event = 2;
    if (depth < of_an_event || event == Json::parse_event_t::value) return true;
    return event == Json::parse_event_t::key && parsed.get_ref<std::string const&>() == "timestamp";
}

}  // namespace

void check_misp_folder(base::Checks& checks, FeedContent& content) {
    if (content.kind != FeedKind::misp) return;
    auto& url = content.url;
    if (url.ends_with(manifest_name)) url.resize(url.size() - manifest_name.size());
    if (!url.empty() && !url.ends_with('/')) url += '/';
    auto const address = url.size() <= longest_feed_url ? net::WebAddress::parse(url) : std::nullopt;
    bool const is_folder = address && address->target.find('?') == std::string::npos;
    checks.expect(is_folder, "url", "is no http or https address of a folder");
}

base::Result<std::vector<MispEvent>> listed_events(std::string_view manifest) {
    auto const json = Json::parse(manifest, is_wanted, false);
    if (!json.is_object()) return base::invalid("the server answered with no manifest of events");
    if (json.size() > most_events) return base::invalid("the manifest lists more than 200,000 events");
    std::vector<MispEvent> out;
    for (auto const& [uuid, event] : json.items()) {
        if (base::Uuid::parse(uuid)) out.push_back({uuid, stamp_of(event)});
    }
    if (out.empty() && !json.empty()) return base::invalid("the server answered with no manifest of events");
    return out;
}

std::vector<MispEvent> events_to_take(std::vector<MispEvent> listed,
                                      std::map<std::string, MispEvent, std::less<>> const& known) {
    std::erase_if(listed, [&](MispEvent& each) {
        auto const found = known.find(each.uuid);
        if (found == known.end() || found->second.stamp != each.stamp) return false;
        each.failures = found->second.failures;
        return each.failures == 0 || each.failures >= most_event_failures;
    });
    std::sort(listed.begin(), listed.end(), [](MispEvent const& a, MispEvent const& b) {
        return std::tie(a.failures, a.stamp, a.uuid) < std::tie(b.failures, b.stamp, b.uuid);
    });
    return listed;
}

}  // namespace kula::intake
