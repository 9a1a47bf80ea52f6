#pragma once
// A room on a fresh database, with passwords that cost next to nothing, and the steps that every test takes.

#include <gmock/gmock.h>

#include <array>

#include "access_state.hpp"
#include "storage_testing/twins.hpp"
#include "totp.hpp"

namespace kula::access_testing {

using namespace access;

constexpr PasswordCost low_cost{.memory_kib = 8, .passes = 1};
constexpr std::string_view good_password = "wet gravel at dawn";
constexpr std::string_view other_password = "seven quiet lanterns";

inline std::string from_base32(std::string_view text) {
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (char const c : text) {
        held = (held << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26)) & 0xffff;
        if ((bits += 5) >= 8) out += static_cast<char>(held >> (bits -= 8) & 255);
    }
    return out;
}

class AccessTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) start();
    }
    void TearDown() override {
        stop();
        Twins::TearDown();
    }
    void start(Options options = {}, PasswordCost cost = low_cost) {
        options.password_cost = cost;
        auto opened_trail = journal::Journal::open(database(), clock);
        ASSERT_TRUE(opened_trail.has_value()) << opened_trail.error().detail;
        trail = std::move(*opened_trail);
        auto opened = Access::open(database(), *trail, seals::SecretBox(secret_key), clock, options);
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        access = std::move(*opened);
    }
    void stop() {
        access.reset();
        trail.reset();
    }
    void restart(PasswordCost cost = low_cost) {
        stop();
        reopen();
        start({}, cost);
    }

    static UserContent content(std::string name, std::vector<std::string> roles = {"administrator"}) {
        UserContent out{std::move(name), "Ana Example", "ana@team.example"};
        out.roles = std::move(roles);
        return out;
    }
    static UserContent constituent(std::string name) {
        auto out = content(std::move(name), {"constituent_member"});
        out.organisation = organisation;
        return out;
    }
    Invited invite(UserContent const& wanted) { return access->invite(wanted, console).value(); }
    Invited invite(std::string const& name) { return invite(content(name)); }

    template <class T>
    static T done(base::Result<Access::Attempt<T>> attempt) {
        if (attempt.has_error()) throw std::runtime_error("failed: " + attempt.error().detail);
        return std::get<T>(std::move(*attempt));
    }
    template <class T>
    static bool is_refused(base::Result<T> const& result) {
        return result.has_error() && result.error().fault == base::Fault::refused;
    }
    template <class T>
    static std::optional<std::chrono::seconds> wait(base::Result<Access::Attempt<T>> const& attempt) {
        if (attempt.has_error() || !std::holds_alternative<Delayed>(*attempt)) return std::nullopt;
        return std::get<Delayed>(*attempt).wait;
    }
    /// Signed in so far, with the password.
    SignedIn enrol(Invited const& invited) { return done(access->enrol(invited.link.secret, good_password, here)); }
    SignedIn sign_in(std::string_view name) { return done(access->sign_in(name, good_password, here)); }

    struct Member {
        User user;
        SignedIn signed_in;
        std::string seed;
        std::vector<std::string> recovery_codes;
    };
    std::string code(Member const& member) const { return totp_code(member.seed, totp_step(clock.now())); }
    /// Signed in with an authenticator app; the clock stands where its next code is another one.
    Member member(std::string const& name, std::vector<std::string> roles = {"administrator"}) {
        auto const invited = invite(content(name, std::move(roles)));
        auto const begun = enrol(invited);
        Member out{invited.user, begun, from_base32(access->offer_totp(begun.session)->secret), {}};
        auto enrolled = done(access->accept_totp(begun.session, code(out), here));
        out.signed_in = enrolled.signed_in;
        out.recovery_codes = enrolled.recovery_codes;
        out.user = access->find(invited.user.id).value();
        clock.advance(std::chrono::seconds(60));
        return out;
    }
    /// What the trail holds of this kind, the newest first.
    std::vector<journal::Entry> told(std::string deed) const {
        journal::EntryQuery query;
        query.deed = std::move(deed);
        return trail->list(query)->items;
    }
    /// Everything the trail holds, as text.
    std::string whole_trail() const {
        std::string out;
        journal::EntryQuery query;
        query.limit = 1000;
        for (auto const& entry : trail->list(query).value().items)
            out += entry.actor + ' ' + entry.fact.deed + ' ' + entry.fact.subject + ' ' + entry.fact.before + ' ' +
                   entry.fact.after + ' ' + entry.origin + '\n';
        return out;
    }

    static constexpr std::array<std::uint8_t, 32> secret_key{1, 2, 3};
    static inline base::Uuid const organisation = *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000a001");
    static inline base::Uuid const other_organisation = *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000a002");
    base::Actor const console{"console"};
    Origin const here{"192.0.2.7", "Browser 1"};
    Origin const elsewhere{"198.51.100.9", "Browser 2"};

    std::unique_ptr<journal::Journal> trail;
    std::unique_ptr<Access> access;
};

}  // namespace kula::access_testing
