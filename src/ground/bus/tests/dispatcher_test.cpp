#include "bus/dispatcher.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace kula::bus {
namespace {

using namespace std::chrono_literals;

/// An outbox in memory. Tests read it after the dispatcher has stopped, or through the locked members.
class MemorySource final : public Source {
public:
    explicit MemorySource(std::int64_t count) : count_(count) {}

    base::Result<std::vector<Message>> fetch(std::string_view subscriber, std::size_t limit) override {
        std::lock_guard const lock(mutex_);
        if (refused_fetches_ > 0) {
            --refused_fetches_;
            return base::unavailable("no database");
        }
        std::vector<Message> out;
        for (auto next = cursor(subscriber) + 1; next <= count_ && out.size() < limit; ++next) {
            out.push_back({next, {}, "user:1", "note.made", "note:" + std::to_string(next), "{}"});
        }
        return out;
    }
    base::Result<void> confirm(std::string_view subscriber, std::int64_t sequence) override {
        std::lock_guard const lock(mutex_);
        if (refused_confirmations_ > 0) {
            --refused_confirmations_;
            return base::unavailable("no database");
        }
        cursor(subscriber) = sequence;
        changed_.notify_all();
        return {};
    }
    base::Result<void> bury(std::string_view subscriber, std::int64_t sequence, std::string_view reason) override {
        std::lock_guard const lock(mutex_);
        if (refused_burials_ > 0) {
            --refused_burials_;
            return base::unavailable("no database");
        }
        buried_[sequence] = reason;
        cursor(subscriber) = sequence;
        changed_.notify_all();
        return {};
    }

    void add(std::int64_t count) {
        std::lock_guard const lock(mutex_);
        count_ += count;
    }
    void wait_for(std::string const& subscriber, std::int64_t sequence) {
        std::unique_lock lock(mutex_);
        ASSERT_TRUE(changed_.wait_for(lock, 20s, [&] { return cursor(subscriber) >= sequence; }));
    }
    std::map<std::int64_t, std::string> buried() {
        std::lock_guard const lock(mutex_);
        return buried_;
    }
    int refused_fetches_ = 0;  ///< These three before the start.
    int refused_confirmations_ = 0;
    int refused_burials_ = 0;

private:
    std::int64_t& cursor(std::string_view subscriber) { return cursors_[std::string(subscriber)]; }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::int64_t count_;
    std::map<std::string, std::int64_t> cursors_;
    std::map<std::int64_t, std::string> buried_;
};

/// Every pause is over at once, and the clock has moved by it.
class ToldWaiting final : public Waiting {
public:
    [[nodiscard]] std::chrono::milliseconds now() const override { return now_.load(); }
    void wait(std::chrono::milliseconds pause, std::stop_token const&) override { now_ = now_.load() + pause; }
    void wake() override {}

private:
    std::atomic<std::chrono::milliseconds> now_{0ms};
};

/// Tells when it is woken for the first time.
class SignallingWaiting final : public Waiting {
public:
    [[nodiscard]] std::chrono::milliseconds now() const override { return real_.now(); }
    void wait(std::chrono::milliseconds pause, std::stop_token const& stop) override { real_.wait(pause, stop); }
    void wake() override {
        real_.wake();
        std::call_once(told_, [this] { woken.set_value(); });
    }
    std::promise<void> woken;

private:
    RealWaiting real_;
    std::once_flag told_;
};

/// What a handler got, and when.
class Inbox {
public:
    explicit Inbox(Waiting const& waiting) : waiting_(&waiting) {}
    void put(Message const& message) {
        std::lock_guard const lock(mutex_);
        got_.push_back(message.sequence);
        times_.push_back(waiting_->now());
    }
    std::vector<std::int64_t> got() {
        std::lock_guard const lock(mutex_);
        return got_;
    }
    std::vector<std::chrono::milliseconds> pauses() {
        std::lock_guard const lock(mutex_);
        std::vector<std::chrono::milliseconds> out;
        for (std::size_t i = 1; i < times_.size(); ++i) out.push_back(times_[i] - times_[i - 1]);
        return out;
    }

private:
    Waiting const* waiting_;
    std::mutex mutex_;
    std::vector<std::int64_t> got_;
    std::vector<std::chrono::milliseconds> times_;
};

Handler taking(Inbox& inbox) {
    return [&inbox](Message const& message) -> base::Result<void> {
        inbox.put(message);
        return {};
    };
}
/// Fails for one message, `failures` times.
Handler failing_at(Inbox& inbox, std::int64_t sequence, int failures) {
    return [&inbox, sequence, failures, failed = 0](Message const& message) mutable -> base::Result<void> {
        inbox.put(message);
        if (message.sequence != sequence || failed == failures) return {};
        ++failed;
        return base::unavailable("no such mailbox");
    };
}

using Sequences = std::vector<std::int64_t>;

TEST(Dispatcher, delivers_in_order_and_each_once_where_nothing_fails) {
    MemorySource source(250);
    ToldWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting);
    dispatcher.subscribe("mail", taking(inbox));
    dispatcher.start();
    source.wait_for("mail", 250);
    dispatcher.stop();
    auto const got = inbox.got();
    ASSERT_EQ(got.size(), 250U);
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_EQ(got[i], static_cast<std::int64_t>(i) + 1);
}

TEST(Dispatcher, hands_over_what_the_source_says) {
    MemorySource source(1);
    ToldWaiting waiting;
    std::promise<Message> handed;
    Dispatcher dispatcher(source, waiting);
    dispatcher.subscribe("mail", [&](Message const& message) -> base::Result<void> {
        handed.set_value(message);
        return {};
    });
    dispatcher.start();
    auto const message = handed.get_future().get();
    EXPECT_EQ(message.sequence, 1);
    EXPECT_EQ(message.subject, "note:1");
}

TEST(Dispatcher, delivers_again_what_was_handled_and_not_confirmed) {
    MemorySource source(2);
    ToldWaiting waiting;
    Inbox inbox(waiting);
    {
        source.refused_confirmations_ = 1;
        Dispatcher dispatcher(source, waiting);
        dispatcher.subscribe("mail", taking(inbox));
        dispatcher.start();
        source.wait_for("mail", 2);
    }
    EXPECT_EQ(inbox.got(), (Sequences{1, 1, 2}));
}

TEST(Dispatcher, goes_on_after_a_restart_where_confirming_ended) {
    MemorySource source(3);
    ToldWaiting waiting;
    Inbox before(waiting);
    {
        Dispatcher dispatcher(source, waiting);
        dispatcher.subscribe("mail", taking(before));
        dispatcher.start();
        source.wait_for("mail", 3);
    }
    source.add(2);
    Inbox after(waiting);
    Dispatcher dispatcher(source, waiting);
    dispatcher.subscribe("mail", taking(after));
    dispatcher.start();
    source.wait_for("mail", 5);
    EXPECT_EQ(after.got(), (Sequences{4, 5}));
}

TEST(Dispatcher, tries_again_with_growing_pauses) {
    MemorySource source(2);
    ToldWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting, {.longest_pause = 5s});
    dispatcher.subscribe("mail", failing_at(inbox, 1, 5));
    dispatcher.start();
    source.wait_for("mail", 2);
    dispatcher.stop();
    EXPECT_EQ(inbox.got(), (Sequences{1, 1, 1, 1, 1, 1, 2}));
    EXPECT_EQ(inbox.pauses(), (std::vector<std::chrono::milliseconds>{1s, 2s, 4s, 5s, 5s, 0s}));
    EXPECT_TRUE(source.buried().empty());
}

TEST(Dispatcher, buries_a_message_that_nobody_can_handle_and_goes_on) {
    MemorySource source(3);
    ToldWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting, {.attempts = 3});
    dispatcher.subscribe("mail", failing_at(inbox, 2, 1'000));
    dispatcher.start();
    source.wait_for("mail", 3);
    dispatcher.stop();
    EXPECT_EQ(inbox.got(), (Sequences{1, 2, 2, 2, 3}));
    EXPECT_EQ(source.buried(), (std::map<std::int64_t, std::string>{{2, "no such mailbox"}}));
}

TEST(Dispatcher, does_not_hand_over_again_what_only_could_not_be_buried) {
    MemorySource source(2);
    source.refused_burials_ = 4;
    ToldWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting, {.attempts = 2});
    dispatcher.subscribe("mail", failing_at(inbox, 1, 1'000));
    dispatcher.start();
    source.wait_for("mail", 2);
    dispatcher.stop();
    EXPECT_EQ(inbox.got(), (Sequences{1, 1, 2}));
    EXPECT_EQ(source.buried().size(), 1U);
}

TEST(Dispatcher, takes_an_exception_for_a_failure) {
    MemorySource source(1);
    ToldWaiting waiting;
    Dispatcher dispatcher(source, waiting, {.attempts = 1});
    dispatcher.subscribe("mail", [](Message const&) -> base::Result<void> { throw std::logic_error("it happens"); });
    dispatcher.start();
    source.wait_for("mail", 1);
    EXPECT_EQ(source.buried()[1], "a bug: it happens");
}

TEST(Dispatcher, asks_a_source_that_does_not_answer_again) {
    MemorySource source(1);
    source.refused_fetches_ = 50;
    ToldWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting, {.attempts = 1});
    dispatcher.subscribe("mail", taking(inbox));
    dispatcher.start();
    source.wait_for("mail", 1);
    EXPECT_TRUE(source.buried().empty());
}

TEST(Dispatcher, does_not_let_one_subscriber_hold_up_another) {
    MemorySource source(500);
    RealWaiting waiting;
    Inbox stuck(waiting);
    Inbox well(waiting);
    Dispatcher dispatcher(source, waiting, {.first_pause = 1h, .longest_pause = 1h, .poll = 1h});
    dispatcher.subscribe("stuck", failing_at(stuck, 1, 1'000));
    dispatcher.subscribe("well", taking(well));
    dispatcher.start();
    source.wait_for("well", 500);
    dispatcher.stop();
    EXPECT_EQ(stuck.got(), Sequences{1});
    EXPECT_EQ(well.got().size(), 500U);
}

TEST(Dispatcher, looks_at_once_when_it_is_woken) {
    MemorySource source(1);
    RealWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting, {.poll = 1h});
    dispatcher.subscribe("mail", taking(inbox));
    dispatcher.start();
    source.wait_for("mail", 1);
    source.add(1);
    dispatcher.wake();
    source.wait_for("mail", 2);
}

TEST(Dispatcher, finds_messages_by_itself_where_nobody_wakes_it) {
    MemorySource source(0);
    RealWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting, {.poll = 1ms});
    dispatcher.subscribe("mail", taking(inbox));
    dispatcher.start();
    source.add(1);
    source.wait_for("mail", 1);
}

TEST(Dispatcher, stops_while_it_waits) {
    MemorySource source(1);
    RealWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting, {.first_pause = 1h, .longest_pause = 1h, .poll = 1h});
    std::promise<void> tried;
    dispatcher.subscribe("mail", [&](Message const&) -> base::Result<void> {
        tried.set_value();
        return base::unavailable("not now");
    });
    dispatcher.start();
    tried.get_future().wait();
    dispatcher.stop();
    dispatcher.stop();
}

TEST(Dispatcher, stops_between_two_messages) {
    MemorySource source(100);
    SignallingWaiting waiting;
    std::promise<void> running;
    std::promise<void> go_on;
    std::atomic<int> handled = 0;
    Dispatcher dispatcher(source, waiting);
    dispatcher.subscribe("mail", [&](Message const&) -> base::Result<void> {
        if (handled++ == 0) {
            running.set_value();
            go_on.get_future().wait();
        }
        return {};
    });
    dispatcher.start();
    running.get_future().wait();
    std::jthread stopper([&] { dispatcher.stop(); });
    waiting.woken.get_future().wait();  // `stop` asks for the stop, then wakes.
    go_on.set_value();
    stopper.join();
    EXPECT_EQ(handled, 1);
}

TEST(Dispatcher, takes_subscribers_before_the_start_and_each_name_once) {
    MemorySource source(0);
    ToldWaiting waiting;
    Inbox inbox(waiting);
    Dispatcher dispatcher(source, waiting);
    dispatcher.subscribe("mail", taking(inbox));
    EXPECT_THROW(dispatcher.subscribe("mail", taking(inbox)), std::logic_error);
    EXPECT_THROW(dispatcher.subscribe("", taking(inbox)), std::logic_error);
    dispatcher.start();
    EXPECT_THROW(dispatcher.subscribe("web", taking(inbox)), std::logic_error);
}

}  // namespace
}  // namespace kula::bus
