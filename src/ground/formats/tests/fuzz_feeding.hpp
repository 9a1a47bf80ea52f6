#pragma once
/// @file
/// What the fuzz targets share: every byte that a decoder tells is read, and what it tells must not depend on how the
/// input was split.

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "formats/stream.hpp"
#include "formats/traffic.hpp"

namespace kula::formats::testing {

/// Reads everything and keeps a sum of it: of records and faults apart, each in its order.
class ReadingSink final : public TrafficSink {
public:
    void flows(std::span<Flow const> told) override {
        for (auto const& flow : told) add(flow);
    }
    void netflow5(Netflow5 const& datagram) override {
        for (std::size_t i = 0; i < datagram.size(); ++i) add(datagram.flow(i));
    }
    void names(Flow const& flow, std::span<SeenName const> told) override {
        add(flow);
        for (auto const& name : told) {
            mix(records_, static_cast<std::uint64_t>(name.role));
            mix(records_, name.text);
            mix(records_, name.path);
        }
    }
    void undecodable(Place place, std::string_view reason) override {
        mix(faults_, place.number);
        mix(faults_, reason);
    }
    friend bool operator==(ReadingSink const& left, ReadingSink const& right) {
        return left.records_ == right.records_ && left.faults_ == right.faults_;
    }

private:
    void add(Flow const& flow) {
        for (auto const& address : {flow.source, flow.destination})
            mix(records_, static_cast<std::uint64_t>(address.number()));
        mix(records_, flow.protocol);
        mix(records_, std::uint64_t{flow.source_port} << 16 | flow.destination_port);
        mix(records_, flow.packets);
        mix(records_, flow.bytes);
        mix(records_, static_cast<std::uint64_t>(base::to_microseconds(flow.start)));
        mix(records_, static_cast<std::uint64_t>(base::to_microseconds(flow.end)));
        mix(records_, flow.connection);
    }
    static void mix(std::uint64_t& sum, std::uint64_t number) { sum = (sum ^ number) * 0x9e3779b97f4a7c15ull + 1; }
    static void mix(std::uint64_t& sum, std::string_view text) {
        for (char const c : text) mix(sum, static_cast<std::uint64_t>(c));
        mix(sum, text.size());
    }

    std::uint64_t records_ = 0;
    std::uint64_t faults_ = 0;
};

inline void require(bool condition) {
    if (!condition) std::abort();
}

/// Feeds one decoder with all bytes and another with pieces of `step` to `2 * step` bytes, each in memory of its own.
template <class Make>
void feed_both_ways(Make make, std::span<std::byte const> bytes, std::size_t step, InputEnd end) {
    ReadingSink whole;
    auto first = make();
    require(first->consume(bytes, end, whole) == bytes.size());

    ReadingSink split;
    auto second = make();
    std::vector<std::byte> rest;
    for (std::size_t at = 0, turn = 0; at < bytes.size(); ++turn) {
        auto const size = std::min(step + turn * 7 % (step + 1), bytes.size() - at);
        rest.insert(rest.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
        at += size;
        std::vector<std::byte> const given(rest);
        auto const used = second->consume(given, InputEnd::not_yet, split);
        require(used <= given.size());
        rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(used));
    }
    require(second->consume(rest, end, split) == rest.size());
    require(whole == split);
}

/// Takes the length of pieces and the kind of end off the front of a fuzzer's input.
struct FuzzInput {
    std::span<std::byte const> bytes;
    std::size_t step = 1;
    InputEnd end = InputEnd::reached;

    FuzzInput(std::uint8_t const* data, std::size_t size) : bytes(std::as_bytes(std::span(data, size))) {
        if (bytes.empty()) return;
        auto const first = std::to_integer<unsigned>(bytes[0]);
        step = 1 + first % 64 * (first % 64);
        end = first >= 192 ? InputEnd::cut : InputEnd::reached;
        bytes = bytes.subspan(1);
    }
};

}  // namespace kula::formats::testing
