#pragma once
/// @file
/// Reads pcap files: a 24-byte header, then one record a packet (draft-ietf-opsawg-pcap). After a damaged record header
/// it looks for the next place where a chain of plausible records begins. Pure; one thread at a time.

#include "formats/stream.hpp"
#include "packet_record.hpp"

namespace kula::formats {

class PcapReader {
public:
    /// Whether bytes (at least 4) begin with a pcap header's magic number.
    static bool begins(std::span<std::byte const> bytes);

    /// Takes the next packet off the front of `rest`; the packet's bytes live as long as the input.
    Found next(std::span<std::byte const>& rest, InputEnd end, PacketRecord& packet);
    [[nodiscard]] std::string_view reason() const { return reason_; }

private:
    struct RecordHeader {
        std::uint32_t seconds;
        std::uint32_t fraction;
        std::uint32_t captured;
        std::uint32_t wire;
    };

    [[nodiscard]] std::uint32_t number(std::byte const* at) const;
    [[nodiscard]] RecordHeader read_record_header(std::byte const* at) const;
    void read_file_header(std::byte const* at);
    [[nodiscard]] bool is_plausible(RecordHeader const& header, std::uint32_t near_seconds) const;
    enum class Fit { yes, no, needs_more };
    [[nodiscard]] static Fit fits_file_header(std::span<std::byte const> rest, InputEnd end);
    [[nodiscard]] Fit fits(std::span<std::byte const> rest, InputEnd end) const;
    bool find_record(std::span<std::byte const>& rest, InputEnd end);
    Found end_early(std::span<std::byte const>& rest, InputEnd end);
    Found lose(std::span<std::byte const>& rest, std::string_view reason);

    bool has_header_ = false;
    bool is_lost_ = false;
    bool is_swapped_ = false;
    bool is_nanoseconds_ = false;
    bool has_packet_ = false;
    std::uint32_t last_seconds_ = 0;
    std::uint32_t longest_ = 0;
    std::size_t record_header_ = 16;
    LinkType link_ = LinkType::ethernet;
    std::string_view reason_;
};

}  // namespace kula::formats
