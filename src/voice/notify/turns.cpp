#include "turns.hpp"

#include <algorithm>

namespace kula::notify {
namespace {

constexpr auto a_share = std::chrono::minutes(1);

}  // namespace

std::optional<std::string> Turns::next(std::vector<std::string> const& ways) {
    std::lock_guard const lock(mutex_);
    tidy(ways_);
    tidy(hosts_);
    auto const troubled = std::count_if(ways_.begin(), ways_.end(), [this](auto const& entry) {
        return entry.second.is_busy && is_in_trouble(entry.first);
    });
    bool const is_full_of_trouble = static_cast<std::size_t>(troubled) >= rules_.most_in_trouble;
    std::string const* out = nullptr;
    base::Instant longest_ago{};
    for (auto const& way : ways) {
        bool const may_begin = is_free(ways_, way) && is_free(hosts_, host_of_(way));
        if (!may_begin || (is_full_of_trouble && is_in_trouble(way))) continue;
        auto const* const known = found(ways_, way);
        auto const turn_at = known == nullptr ? base::Instant::min() : known->turn_at;
        if (out != nullptr && turn_at >= longest_ago) continue;
        out = &way;
        longest_ago = turn_at;
    }
    return out == nullptr ? std::nullopt : std::optional(*out);
}

void Turns::begin(std::string const& way) {
    std::lock_guard const lock(mutex_);
    hosts_[host_of_(way)].is_busy = true;
    auto& standing = ways_[way];
    standing.is_busy = true;
    standing.turn_at = clock_.now();
}

void Turns::end(std::string const& way) {
    std::lock_guard const lock(mutex_);
    hosts_[host_of_(way)].is_busy = false;
    ways_[way].is_busy = false;
}

void Turns::ask(std::string const& way) {
    std::lock_guard const lock(mutex_);
    hosts_[host_of_(way)].asked.push_back(clock_.now());
}

void Turns::went_well(std::string const& way) {
    std::lock_guard const lock(mutex_);
    hosts_[host_of_(way)].bad_answers = 0;
    ways_[way].bad_answers = 0;
}

void Turns::let_rest(std::string const& way, base::Instant at_least) {
    std::lock_guard const lock(mutex_);
    hosts_[host_of_(way)].bad_answers = 0;
    rest(ways_[way], at_least);
}

void Turns::let_host_rest(std::string const& way) {
    std::lock_guard const lock(mutex_);
    rest(hosts_[host_of_(way)], {});
}

void Turns::hurry(std::string const& way) {
    std::lock_guard const lock(mutex_);
    for (auto* const standing : {&hosts_[host_of_(way)], &ways_[way]}) {
        standing->bad_answers = 0;
        standing->rests_until = {};
    }
}

/// Forgets who has done nothing for so long that no rule asks for it.
void Turns::tidy(Standings& standings) const {
    auto const now = clock_.now();
    for (auto& [name, standing] : standings) {
        auto& asked = standing.asked;
        while (!asked.empty() && asked.front() <= now - a_share) asked.pop_front();
    }
    std::erase_if(standings, [&](auto const& entry) {
        auto const& standing = entry.second;
        return !standing.is_busy && standing.asked.empty() && standing.turn_at <= now - rules_.pauses.longest &&
               standing.rests_until <= now - rules_.pauses.longest;
    });
}

Turns::Standing const* Turns::found(Standings const& standings, std::string const& name) {
    auto const known = standings.find(name);
    return known == standings.end() ? nullptr : &known->second;
}

bool Turns::is_free(Standings const& standings, std::string const& name) const {
    auto const* const known = found(standings, name);
    return known == nullptr ||
           (!known->is_busy && known->rests_until <= clock_.now() && known->asked.size() < rules_.most_a_minute);
}

bool Turns::is_in_trouble(std::string const& way) const {
    auto const is_bad = [](Standing const* known) { return known != nullptr && known->bad_answers > 0; };
    return is_bad(found(ways_, way)) || is_bad(found(hosts_, host_of_(way)));
}

void Turns::rest(Standing& standing, base::Instant at_least) const {
    ++standing.bad_answers;
    standing.rests_until = std::max(clock_.now() + pause_after(rules_.pauses, standing.bad_answers), at_least);
}

}  // namespace kula::notify
