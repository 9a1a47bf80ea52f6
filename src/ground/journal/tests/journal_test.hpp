#pragma once
/// @file
/// A journal on a storage twin.

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "journal/journal.hpp"
#include "storage_testing/twins.hpp"

namespace kula::journal::testing {

class JournalTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) open_journal();
    }
    void TearDown() override {
        journal_.reset();
        Twins::TearDown();
    }

    [[nodiscard]] Journal& journal() const { return *journal_; }
    void reopen_journal() {
        journal_.reset();
        reopen();
        open_journal();
    }
    /// Entries about `note:<sequence>`.
    void record(int count) const {
        auto const first = journal_->head()->sequence + 1;
        auto const done = database().write(storage::Priority::interactive, [&](storage::Session& session) {
            for (auto sequence = first; sequence < first + count; ++sequence) {
                auto const number = std::to_string(sequence);
                journal_->append(session, {"user:1", "192.0.2.7", "why " + number},
                                 {"note.made", "note:" + number, R"({"text":"-"})", R"({"text":")" + number + "\"}"});
            }
        });
        if (done.has_error()) throw std::runtime_error(done.error().detail);
    }
    /// What somebody does who can write the database and goes round the journal.
    void tamper(std::string_view sql) const {
        auto const done = database().write(storage::Priority::interactive,
                                           [sql](storage::Session& session) { session.execute(sql); });
        if (done.has_error()) throw std::runtime_error(done.error().detail);
    }

private:
    void open_journal() {
        auto opened = Journal::open(database(), clock);
        if (opened.has_error()) throw std::runtime_error(opened.error().detail);
        journal_ = std::move(*opened);
    }

    std::unique_ptr<Journal> journal_;
};

}  // namespace kula::journal::testing
