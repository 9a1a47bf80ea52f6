#include "net/event_stream.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace kula::net {
namespace {

std::string taken(EventStream& stream) {
    std::string out;
    for (auto const& frame : stream.take(1 << 20).frames) out += *frame;
    return out;
}

/// The id of the last event in a text.
std::string last_id(std::string const& text) {
    auto const at = text.rfind("id: ") + 4;
    return text.substr(at, text.find('\n', at) - at);
}

TEST(Frame, is_written_as_the_standard_says) {
    EXPECT_EQ(*frame("sighting", "{}", "7"), "id: 7\nevent: sighting\ndata: {}\n\n");
    EXPECT_EQ(*frame("", "a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n");
    EXPECT_THROW(frame("a\nb", ""), std::logic_error);
    EXPECT_THROW(frame("a", "", "1\r2"), std::logic_error);
}

TEST(EventStream, gives_frames_in_order) {
    EventStream stream;
    EXPECT_TRUE(stream.push(frame("a", "1")));
    EXPECT_TRUE(stream.push(frame("b", "2")));
    EXPECT_EQ(taken(stream), "event: a\ndata: 1\n\nevent: b\ndata: 2\n\n");
    EXPECT_TRUE(stream.take(100).frames.empty());
}

TEST(EventStream, drops_a_client_that_is_too_slow) {
    EventStream stream({2, 1 << 20});
    EXPECT_TRUE(stream.push(frame("a", "1")));
    EXPECT_TRUE(stream.push(frame("a", "2")));
    EXPECT_FALSE(stream.push(frame("a", "3")));
    EXPECT_FALSE(stream.is_open());
    EXPECT_FALSE(stream.push(frame("a", "4")));
    auto const rest = stream.take(100);
    EXPECT_TRUE(rest.frames.empty());
    EXPECT_EQ(rest.ending, EventStream::Ending::overflowed);
}

TEST(EventStream, counts_bytes_as_well_as_events) {
    EventStream stream({1000, 100});
    EXPECT_TRUE(stream.push(frame("", std::string(60, 'x'))));
    EXPECT_FALSE(stream.push(frame("", std::string(60, 'x'))));
}

TEST(EventStream, what_a_client_missed_does_not_count_as_slowness) {
    EventStream stream({1, 1 << 20});
    stream.preload({frame("", "1"), frame("", "2"), frame("", "3")});
    EXPECT_TRUE(stream.push(frame("", "4")));
    EXPECT_EQ(taken(stream), "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n");
    EXPECT_TRUE(stream.push(frame("", "5")));
}

TEST(EventStream, wakes_a_reader_that_found_nothing_once) {
    EventStream stream;
    int woken = 0;
    stream.attach([&] { ++woken; });
    stream.push(frame("", "before anybody looked"));
    EXPECT_EQ(woken, 0);
    static_cast<void>(stream.take(1000));
    static_cast<void>(stream.take(1000));
    stream.push(frame("", "1"));
    stream.push(frame("", "2"));
    EXPECT_EQ(woken, 1);
    stream.detach();
    EXPECT_FALSE(stream.push(frame("", "3")));
    EXPECT_EQ(woken, 1);
}

TEST(Broadcast, sends_to_everyone_who_subscribed) {
    Broadcast broadcast(10);
    auto const a = broadcast.subscribe({});
    auto const b = broadcast.subscribe({});
    EXPECT_EQ(broadcast.subscribers(), 2u);
    broadcast.publish("x", "1");
    EXPECT_EQ(taken(*a), taken(*b));
    a->detach();
    broadcast.publish("x", "2");
    EXPECT_EQ(broadcast.subscribers(), 1u);
}

TEST(Broadcast, resumes_after_the_last_event_a_client_saw) {
    Broadcast broadcast(10);
    auto const before = broadcast.subscribe({});
    broadcast.publish("x", "1");
    auto const seen = last_id(taken(*before));
    broadcast.publish("x", "2");
    broadcast.publish("x", "3");
    auto const text = taken(*broadcast.subscribe(seen));
    EXPECT_EQ(text.find("data: 1"), std::string::npos);
    EXPECT_LT(text.find("data: 2"), text.find("data: 3"));
    EXPECT_EQ(taken(*broadcast.subscribe(last_id(text))), "");
}

TEST(Broadcast, says_when_it_has_forgotten) {
    Broadcast broadcast(2);
    auto const first = broadcast.subscribe({});
    broadcast.publish("x", "1");
    auto const seen = last_id(taken(*first));
    for (auto const* data : {"2", "3"}) broadcast.publish("x", data);
    EXPECT_NE(taken(*broadcast.subscribe(seen)).find("data: 2"), std::string::npos) << "still known";
    broadcast.publish("x", "4");
    auto const text = taken(*broadcast.subscribe(seen));
    EXPECT_NE(text.find("event: reset"), std::string::npos);
    EXPECT_EQ(text.find("data: 4"), std::string::npos);
    EXPECT_EQ(taken(*broadcast.subscribe(last_id(text))), "");
}

TEST(Broadcast, does_not_mistake_another_process_for_itself) {
    Broadcast one(10);
    Broadcast other(10);
    auto const stream = one.subscribe({});
    one.publish("x", "1");
    other.publish("x", "1");
    EXPECT_NE(taken(*other.subscribe(last_id(taken(*stream)))).find("event: reset"), std::string::npos);
    for (auto const* id : {"", "7", "-", "x-1"})
        EXPECT_NE(taken(*one.subscribe(id)).find("event: reset"), std::string::npos) << id;
}

TEST(Broadcast, ends_every_stream) {
    Broadcast broadcast(10);
    auto const stream = broadcast.subscribe({});
    broadcast.close();
    EXPECT_FALSE(stream->is_open());
    EXPECT_EQ(stream->take(100).ending, EventStream::Ending::closed);
}

}  // namespace
}  // namespace kula::net
