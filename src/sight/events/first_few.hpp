#pragma once
// The first few of many, without room for the many.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace kula::events {

/// Keeps the first `count` in the order `Before`, whatever order they come in.
template <class Item, class Before>
class FirstFew {
public:
    FirstFew(std::size_t count, Before before) : count_(count), before_(std::move(before)) {}

    /// Whether it would be among them.
    [[nodiscard]] bool takes(Item const& item) const {
        return heap_.size() < count_ || (count_ > 0 && before_(item, heap_.front()));
    }
    void offer(Item const& item) {
        if (!takes(item)) return;
        if (is_full()) {
            std::pop_heap(heap_.begin(), heap_.end(), before_);
            heap_.pop_back();
        }
        heap_.push_back(item);
        std::push_heap(heap_.begin(), heap_.end(), before_);
    }
    [[nodiscard]] bool is_full() const { return heap_.size() == count_; }
    std::vector<Item> sorted() && {
        std::sort_heap(heap_.begin(), heap_.end(), before_);
        return std::move(heap_);
    }

private:
    std::size_t count_;
    Before before_;
    std::vector<Item> heap_;  ///< The last one in front.
};

}  // namespace kula::events
