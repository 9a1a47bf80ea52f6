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
    /// Goes on with an empty one.
    void renew_journal() {
        journal_.reset();
        renew();
    }
    /// Entries about `note:<sequence>`.
    void record(int count) const {
        for (int i = 0; i < count; ++i) {
            auto const number = std::to_string(journal_->head()->sequence + 1);
            auto const done = journal_->record({"user:1", "192.0.2.7", "why " + number},
                                               {"note.made", "note:" + number, "", R"({"text":")" + number + "\"}"});
            if (done.has_error()) throw std::runtime_error(done.error().detail);
        }
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
