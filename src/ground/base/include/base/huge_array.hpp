#pragma once
/// @file
/// A zeroed array in 2 MiB pages where the kernel gives them: for tables of many megabytes that are read at random,
/// where ordinary pages would cost a TLB miss a look-up.

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace kula::base {

template <class T>
class HugeArray {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    HugeArray() = default;
    /// All bytes zero. Throws `std::bad_alloc`.
    explicit HugeArray(std::size_t size) : size_(size) {
        std::size_t const bytes = size * sizeof(T);
        if (bytes == 0) return;
        std::size_t const rounded = (bytes + alignment(bytes) - 1) / alignment(bytes) * alignment(bytes);
        memory_.reset(static_cast<T*>(std::aligned_alloc(alignment(bytes), rounded)));
        if (!memory_) throw std::bad_alloc();
        if (bytes >= huge_page) madvise(memory_.get(), rounded, MADV_HUGEPAGE);  // a wish: refusal only costs speed
        std::memset(static_cast<void*>(memory_.get()), 0, rounded);
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const { return size_ * sizeof(T); }
    [[nodiscard]] T const* data() const { return memory_.get(); }
    [[nodiscard]] T* data() { return memory_.get(); }
    T& operator[](std::size_t index) { return memory_.get()[index]; }
    T const& operator[](std::size_t index) const { return memory_.get()[index]; }

private:
    static constexpr std::size_t huge_page = std::size_t{2} << 20;
    static constexpr std::size_t alignment(std::size_t bytes) { return bytes >= huge_page ? huge_page : 64; }
    struct Free {
        void operator()(T* memory) const { std::free(memory); }
    };

    std::size_t size_ = 0;
    std::unique_ptr<T, Free> memory_;
};

}  // namespace kula::base
