#include "demo_feeds.hpp"

#include <array>

#include "shipped_data.hpp"

namespace kula {
namespace {

using intake::FeedContent;
using intake::FeedKind;

base::Actor const maker_of_feeds{"system:demo"};

std::array<FeedContent, 5> demo_feeds() {
    constexpr std::chrono::hours a_day{24};
    return {FeedContent{.name = "example-partner",
                        .title = "Example Partner's reports",
                        .kind = FeedKind::push,
                        .format = "csv",
                        .expected = a_day + std::chrono::hours(2)},
            FeedContent{.name = "example-sensor",
                        .title = "Example sensor at the border",
                        .kind = FeedKind::folder,
                        .format = "csv",
                        .period = std::chrono::minutes(5)},
            FeedContent{.name = "example-scanner",
                        .title = "Example scanner of the country",
                        .kind = FeedKind::folder,
                        .format = "csv",
                        .period = std::chrono::minutes(1),
                        .expected = std::chrono::hours(1)},
            FeedContent{.name = "example-flows",
                        .title = "Example border routers' flows",
                        .kind = FeedKind::sightings,
                        .period = std::chrono::minutes(5)},
            FeedContent{.name = "example-block-list",
                        .title = "Example Block List",
                        .kind = FeedKind::pull,
                        .format = "csv",
                        .url = "https://feeds.example/block-list.csv",
                        .expected = a_day,
                        .is_enabled = false}};
}

}  // namespace

base::Result<void> make_demo_feeds(intake::Feeds& feeds) {
    auto const known = feeds.list(base::Clearance::everything());
    if (!known) return known.error();
    if (!known->empty()) return {};
    for (auto const& content : demo_feeds()) {
        auto const made = feeds.add(content, maker_of_feeds);
        if (!made) return made.error();
        if (content.kind != FeedKind::push) continue;
        auto const sent =
            feeds.deliver(made->id, "partner-report.csv", shipped_data("demo/partner-report.csv"), maker_of_feeds);
        if (!sent) return sent.error();
    }
    return {};
}

}  // namespace kula
