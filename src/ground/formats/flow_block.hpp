#pragma once
/// @file
/// Gathers flows, so that a sink is called once for many. Lives on the stack; what it holds is told when it goes.

#include <array>
#include <cstddef>
#include <new>
#include <span>

#include "formats/traffic.hpp"

namespace kula::formats {

class FlowBlock {
public:
    explicit FlowBlock(TrafficSink& sink) : sink_(sink) {}
    ~FlowBlock() { tell(); }
    FlowBlock(FlowBlock const&) = delete;
    FlowBlock& operator=(FlowBlock const&) = delete;

    /// A new flow, to be filled before anything else is asked of the block.
    Flow& add() {
        if (size_ == capacity) tell();
        return *::new (static_cast<void*>(storage_.data() + size_++ * sizeof(Flow))) Flow{};
    }
    /// Tells what has gathered; before anything else is told, so that the order of the input stays.
    void tell() {
        if (size_ == 0) return;
        sink_.flows({std::launder(reinterpret_cast<Flow const*>(storage_.data())), size_});
        size_ = 0;
    }

private:
    static constexpr std::size_t capacity = 64;

    TrafficSink& sink_;
    std::size_t size_ = 0;
    alignas(Flow) std::array<std::byte, capacity * sizeof(Flow)> storage_;  // not cleared: most datagrams hold few
};

}  // namespace kula::formats
