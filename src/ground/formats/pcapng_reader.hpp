#pragma once
/// @file
/// Reads pcapng files (draft-ietf-opsawg-pcapng): sections of blocks, packets of several interfaces. Blocks that hold
/// no packet are stepped over. After a damaged block it looks for the next block whose two lengths agree. Pure; one
/// thread at a time.

#include <vector>

#include "formats/stream.hpp"
#include "packet_record.hpp"

namespace kula::formats {

class PcapngReader {
public:
    /// Whether bytes (at least 4) begin with a section header block's type.
    static bool begins(std::span<std::byte const> bytes);

    /// Takes blocks off the front of `rest` up to the next packet; its bytes live as long as the input.
    Found next(std::span<std::byte const>& rest, InputEnd end, PacketRecord& packet);
    [[nodiscard]] std::string_view reason() const { return reason_; }

private:
    struct Interface {
        LinkType link = LinkType::ethernet;
        std::uint32_t longest = 0;        ///< 0: no limit.
        std::uint8_t resolution = 6;      ///< if_tsresol: 10^-n, or with the top bit 2^-n.
        std::int64_t offset_seconds = 0;  ///< if_tsoffset
    };
    enum class Fit { yes, no, needs_more };

    [[nodiscard]] std::uint16_t number16(std::byte const* at) const;
    [[nodiscard]] std::uint32_t number32(std::byte const* at) const;
    [[nodiscard]] Fit fits(std::span<std::byte const> rest, InputEnd end);
    bool find_block(std::span<std::byte const>& rest, InputEnd end);
    Found lose(std::span<std::byte const>& rest, std::string_view reason);
    Found end_early(std::span<std::byte const>& rest, InputEnd end);
    bool read_section_order(std::byte const* block);
    Found read_block(std::span<std::byte const> block, PacketRecord& packet);
    void describe_interface(std::span<std::byte const> body);
    Found read_enhanced(std::span<std::byte const> body, PacketRecord& packet);
    Found read_simple(std::span<std::byte const> body, PacketRecord& packet);
    Found read_obsolete(std::span<std::byte const> body, PacketRecord& packet);
    Found read_packet(std::size_t interface, std::span<std::byte const> header_behind_interface,
                      std::span<std::byte const> data, PacketRecord& packet);
    Found fail(std::string_view reason);

    bool has_section_ = false;
    bool is_lost_ = false;
    bool is_swapped_ = false;
    base::Instant last_time_;
    std::vector<Interface> interfaces_;
    std::string_view reason_;
};

}  // namespace kula::formats
