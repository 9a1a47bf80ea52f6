#pragma once
/// @file
/// Holds fragments until their packet is whole: UDP datagrams are put together again (flow exports may be longer than
/// the path's MTU), of other protocols only the ports of the first fragment are kept for those that follow.
///
/// Sources: RFC 791 §3.2, RFC 8200 §4.5. Where fragments overlap the first one to come wins. Bounded in number, bytes
/// and time; what is given up is handed back, so that its packets still count. Pure; one thread at a time.

#include <chrono>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>
#include <vector>

#include "flow_table.hpp"

namespace kula::formats {

struct FragmentLimits {
    std::size_t datagrams = 4096;
    std::size_t bytes = std::size_t{16} << 20;
    std::chrono::seconds age{30};
};

/// The fragments of one packet that have come so far.
struct HeldFragments {
    Packet head{};  ///< Ends and protocol; of UDP, TCP, ... the ports once the first fragment is there.
    bool has_first = false;
    std::uint8_t begins_with = 0;    ///< Of the first fragment, `Fragment::protocol`.
    std::uint64_t number = 0;        ///< Packet number of the fragment that came first.
    base::Instant since;             ///< When it came.
    SeenPackets waiting{};           ///< Fragments that were not yet counted in a flow.
    std::vector<std::byte> bytes{};  ///< Of UDP: behind the IP header, as far as it has come.
    std::vector<bool> present{};     ///< Which eight bytes each have come.
    std::size_t present_count = 0;
    std::optional<std::size_t> total{};  ///< Length of the whole, once the last fragment is there.
    /// The whole was dealt with. What is known of it stays for a while: some captures have every packet twice.
    bool is_done = false;
    bool is_export = false;  ///< Of one that is done.

    [[nodiscard]] bool is_whole() const;
    void count(SeenPackets const& seen);
};

class FragmentStore {
public:
    explicit FragmentStore(FragmentLimits limits = {}) : limits_(limits) {}

    /// Takes out the oldest packet where it is too old at `now` or the bounds are reached; call until there is none.
    std::optional<HeldFragments> take_surplus(base::Instant now);
    /// Takes out any packet; for the end of the input.
    std::optional<HeldFragments> take_any();

    /// Adds a fragment (`packet.fragment` is there) and gives what is held of its packet now. A first fragment of one
    /// that is done begins another.
    HeldFragments& add(Packet const& packet, base::Instant time, std::uint64_t number);
    /// Frees the bytes of a packet that is whole and was dealt with.
    void finish(HeldFragments& held);

private:
    struct Key {
        base::Address source;
        base::Address destination;
        std::uint32_t id = 0;
        std::uint8_t protocol = 0;  ///< Of IPv4 only: RFC 8200 §4.5 leaves it out.
        friend bool operator==(Key const&, Key const&) = default;
    };
    struct KeyHash {
        std::size_t operator()(Key const& key) const noexcept;
    };
    struct Held {
        Key key;
        HeldFragments fragments;
    };
    static Key key_of(Packet const& packet);
    HeldFragments& find_or_begin(Packet const& packet, base::Instant time, std::uint64_t number);
    HeldFragments take_out(std::list<Held>::iterator held);

    FragmentLimits limits_;
    std::list<Held> held_;  ///< Oldest first.
    std::unordered_map<Key, std::list<Held>::iterator, KeyHash> by_key_;
    std::size_t bytes_ = 0;
};

}  // namespace kula::formats
