#include "event_reader.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kula::client {
namespace {

std::vector<std::string> read(EventReader& reader, std::string_view bytes, std::size_t piece = 1) {
    std::vector<std::string> events;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        EXPECT_TRUE(reader.take(bytes.substr(at, piece), [&](Event const& event) {
            events.push_back(event.id + '|' + event.kind + '|' + event.data);
            return true;
        }));
    }
    return events;
}

TEST(EventReader, reads_events_however_they_are_cut) {
    std::string const stream =
        ": hello\n\nid: 7\nevent: sightings\ndata: {\"a\":1}\n\ndata:x\r\ndata: y\r\n\r\nretry: 2500\nid\ndata\n\n";
    for (std::size_t const piece : {1u, 2u, 3u, 7u, 1000u}) {
        EventReader reader;
        EXPECT_EQ(read(reader, stream, piece),
                  (std::vector<std::string>{"7|sightings|{\"a\":1}", "7|message|x\ny", "|message|"}));
        EXPECT_EQ(reader.retry(), std::chrono::milliseconds(2500));
        EXPECT_EQ(reader.last_id(), "");
    }
}

TEST(EventReader, an_event_that_is_not_whole_counts_for_nothing) {
    EventReader reader;
    read(reader, "id: 1\ndata: a\n\nid: 2\ndata: b\n");
    reader.begin_again();
    EXPECT_EQ(reader.last_id(), "1");
    EXPECT_EQ(read(reader, "data: c\n\n"), (std::vector<std::string>{"1|message|c"}));
}

TEST(EventReader, an_endless_line_is_given_up) {
    EventReader reader;
    std::string const piece(1024 * 1024, 'x');
    bool goes_on = true;
    for (int count = 0; count < 5 && goes_on; ++count) goes_on = reader.take(piece, [](Event const&) { return true; });
    EXPECT_FALSE(goes_on);
}

}  // namespace
}  // namespace kula::client
