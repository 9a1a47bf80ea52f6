#pragma once
// A map of bounded size that forgets what was touched longest ago. One thread at a time.

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

namespace kula::access {

template <class Value>
class Lru {
public:
    explicit Lru(std::size_t most) : most_(most) {}

    /// Null where there is none. Does not count as a touch.
    [[nodiscard]] Value const* find(std::string const& key) const {
        auto const found = places_.find(key);
        return found == places_.end() ? nullptr : &found->second->second;
    }
    /// The value, made where there is none.
    Value& touch(std::string const& key) {
        if (auto const found = places_.find(key); found != places_.end()) {
            order_.splice(order_.begin(), order_, found->second);
            return found->second->second;
        }
        if (places_.size() >= most_) {
            places_.erase(order_.back().first);
            order_.pop_back();
        }
        order_.emplace_front(key, Value{});
        places_.emplace(key, order_.begin());
        return order_.front().second;
    }
    void erase(std::string const& key) {
        auto const found = places_.find(key);
        if (found == places_.end()) return;
        order_.erase(found->second);
        places_.erase(found);
    }
    [[nodiscard]] std::size_t size() const { return places_.size(); }

private:
    std::size_t most_;
    std::list<std::pair<std::string, Value>> order_{};
    std::unordered_map<std::string, typename std::list<std::pair<std::string, Value>>::iterator> places_{};
};

}  // namespace kula::access
