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

    void offer(Item const& item) {
        if (count_ == 0) return;
        if (heap_.size() == count_) {
            if (!before_(item, heap_.front())) return;
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
