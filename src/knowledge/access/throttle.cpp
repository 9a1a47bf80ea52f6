#include "throttle.hpp"

#include <algorithm>

#include "base/address.hpp"
#include "secret.hpp"

namespace kula::access {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr int most_doublings = 12;  ///< 2^12 s is beyond every longest delay.

std::string key_of(std::string_view name) { return digest_of(name.substr(0, 256)).substr(0, 32); }

seconds delay_after(int wrong, int free, seconds longest) {
    if (wrong < free) return seconds(0);
    return std::min(seconds(1) * (1 << std::min(wrong - free, most_doublings)), longest);
}

Throttle::Wait as_wait(microseconds wait) {
    if (wait <= microseconds(0)) return std::nullopt;
    return std::max(std::chrono::ceil<seconds>(wait), seconds(1));
}

}  // namespace

Throttle::Throttle(base::Clock const& clock, Rules rules)
    : clock_(clock),
      rules_(rules),
      pairs_(rules.most),
      addresses_(rules.most),
      names_(rules.most),
      known_(rules.most) {}

std::string Throttle::place_of(std::string_view text) {
    auto const address = base::Address::parse(text);
    if (!address) return std::string(text.substr(0, 64));
    if (address->is_v4()) return address->text();
    if (address->number() >> 32 == 0xffff)
        return base::Address::v4(static_cast<std::uint32_t>(address->number())).text();
    return base::Prefix(*address, 64).text();
}

int Throttle::wrong_now(Count const& count) const {
    auto const forgotten = (clock_.now() - count.last) / decay;
    return forgotten >= count.wrong ? 0 : count.wrong - static_cast<int>(std::max<decltype(forgotten)>(forgotten, 0));
}

microseconds Throttle::remaining(Count const* count, int free, seconds longest) const {
    if (count == nullptr) return microseconds(0);
    return count->last + delay_after(wrong_now(*count), free, longest) - clock_.now();
}

void Throttle::add(Count& count) const {
    count.wrong = std::min(wrong_now(count) + 1, rules_.free_attempts_on_name + most_doublings);
    count.last = clock_.now();
}

void Throttle::take_one(Lru<Count>& counts, std::string const& key) {
    if (counts.find(key) == nullptr) return;
    auto& count = counts.touch(key);
    count.wrong = std::max(count.wrong - 1, 0);
}

microseconds Throttle::wait_for_name(std::string const& name, std::string const& pair) {
    auto const* const count = names_.find(name);
    if (count == nullptr || wrong_now(*count) < rules_.free_attempts_on_name) return microseconds(0);
    if (rules_.under_attack == UnderAttack::one_line)
        return remaining(count, rules_.free_attempts_on_name, rules_.longest_on_name);
    auto const wait = delay_after(wrong_now(*count), rules_.free_attempts_on_name, rules_.longest_on_name);
    if (auto const* const knocked = pairs_.find(pair)) return knocked->last + wait - clock_.now();
    pairs_.touch(pair).last = clock_.now();
    return wait;
}

Throttle::Wait Throttle::admit(std::string_view name, std::string_view address) {
    auto const name_key = key_of(name);
    auto const place = place_of(address);
    auto const pair = name_key + ' ' + place;
    std::lock_guard const lock(mutex_);
    auto wait = remaining(pairs_.find(pair), rules_.free_attempts, rules_.longest);
    auto const* const signed_in = known_.find(pair);
    if (signed_in == nullptr || clock_.now() - *signed_in > known_for) {
        wait = std::max(wait, remaining(addresses_.find(place), rules_.free_attempts, rules_.longest));
        if (wait <= microseconds(0)) wait = wait_for_name(name_key, pair);
    }
    if (auto const told = as_wait(wait)) return told;
    add(pairs_.touch(pair));
    add(addresses_.touch(place));
    add(names_.touch(name_key));
    return std::nullopt;
}

void Throttle::was_right(std::string_view name, std::string_view address) {
    auto const name_key = key_of(name);
    auto const place = place_of(address);
    std::lock_guard const lock(mutex_);
    pairs_.erase(name_key + ' ' + place);
    take_one(addresses_, place);
    take_one(names_, name_key);
}

void Throttle::take_back(std::string_view name, std::string_view address) {
    auto const name_key = key_of(name);
    auto const place = place_of(address);
    std::lock_guard const lock(mutex_);
    take_one(pairs_, name_key + ' ' + place);
    take_one(addresses_, place);
    take_one(names_, name_key);
}

void Throttle::remember(std::string_view name, std::string_view address) {
    std::lock_guard const lock(mutex_);
    known_.touch(key_of(name) + ' ' + place_of(address)) = clock_.now();
}

Throttle::Wait Throttle::admit_address(std::string_view address) {
    auto const place = place_of(address);
    std::lock_guard const lock(mutex_);
    if (auto const wait = as_wait(remaining(addresses_.find(place), rules_.free_attempts, rules_.longest))) return wait;
    add(addresses_.touch(place));
    return std::nullopt;
}

void Throttle::take_back_address(std::string_view address) {
    auto const place = place_of(address);
    std::lock_guard const lock(mutex_);
    take_one(addresses_, place);
}

}  // namespace kula::access
