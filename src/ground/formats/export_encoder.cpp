#include "formats/export_encoder.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "base/must.hpp"
#include "template_parser.hpp"

namespace kula::formats {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::uint16_t template4 = 256;
constexpr std::uint16_t template6 = 257;
constexpr std::uint16_t options_template = 258;

/// Bytes in network order.
class Datagram {
public:
    void put8(std::uint64_t number) { bytes_.push_back(static_cast<std::byte>(number & 0xFF)); }
    void put16(std::uint64_t number) { put(number, 2); }
    void put32(std::uint64_t number) { put(number, 4); }
    void put64(std::uint64_t number) { put(number, 8); }
    void put_address(base::Address const& address) {
        auto const all = address.bytes();
        for (std::size_t i = 0; i < (address.is_v4() ? 4U : 16U); ++i) put8(all[i]);
    }
    void put_zeros(std::size_t count) { bytes_.resize(bytes_.size() + count); }
    void set16(std::size_t at, std::size_t number) {
        bytes_[at] = static_cast<std::byte>(number >> 8 & 0xFF);
        bytes_[at + 1] = static_cast<std::byte>(number & 0xFF);
    }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] std::span<std::byte const> all() const { return bytes_; }
    void clear() { bytes_.clear(); }

private:
    void put(std::uint64_t number, int length) {
        for (int i = length - 1; i >= 0; --i) put8(number >> (8 * i));
    }

    std::vector<std::byte> bytes_;
};

struct FieldSpecifier {
    std::uint16_t element;
    std::uint16_t length;
};

constexpr FieldSpecifier addresses4[] = {{8, 4}, {12, 4}};
constexpr FieldSpecifier addresses6[] = {{27, 16}, {28, 16}};
constexpr FieldSpecifier counts[] = {{7, 2}, {11, 2}, {4, 1}, {2, 8}, {1, 8}};
constexpr FieldSpecifier uptimes[] = {{22, 4}, {21, 4}};
constexpr FieldSpecifier moments[] = {{152, 8}, {153, 8}};

std::uint64_t seconds_of(base::Instant instant) {
    return static_cast<std::uint64_t>(
        std::max<std::int64_t>(duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count(), 0));
}

}  // namespace

class ExportEncoder::Writer {
public:
    explicit Writer(ExportSettings const& settings) : settings_(settings), sequence_(settings.first_sequence) {
        base::must(settings.protocol != ExportProtocol::sflow5, "sFlow cannot be written");
        base::must(settings.most_bytes >= 256 && settings.most_bytes <= 65'000, "a datagram has 256 to 65000 bytes");
        base::must(settings.sampling >= 1, "one packet in one is the least sampling");
    }

    void encode(std::span<Flow const> flows, base::Instant now, Send const& send) {
        bool const has_templates = settings_.protocol != ExportProtocol::netflow5;
        if (has_templates && (!templates_sent_ || now - *templates_sent_ >= settings_.template_interval)) {
            send_templates(now, send);
        }
        for (auto const& flow : flows) {
            if (has_templates) {
                add_templated(flow, now, send);
            } else if (flow.source.is_v4() && flow.destination.is_v4()) {
                add_netflow5(flow, now, send);
            }
        }
        flush(send);
    }

    void send_templates(base::Instant now, Send const& send) {
        flush(send);
        if (settings_.protocol == ExportProtocol::netflow5) return;
        start(now);
        put_template_set();
        put_options_template_set();
        put_options();
        flush(send);
        templates_sent_ = now;
    }

private:
    [[nodiscard]] bool is_ipfix() const { return settings_.protocol == ExportProtocol::ipfix; }
    [[nodiscard]] std::uint64_t uptime(base::Instant at) const {
        return static_cast<std::uint64_t>(duration_cast<milliseconds>(at - settings_.booted).count());
    }
    [[nodiscard]] std::uint64_t sampled(std::uint64_t count) const {
        return count == 0 ? 0 : std::max<std::uint64_t>(count / settings_.sampling, 1);
    }

    void start(base::Instant now) {
        records_ = data_records_ = 0;
        datagram_.put16(settings_.protocol == ExportProtocol::netflow5 ? 5 : is_ipfix() ? 10 : 9);
        datagram_.put16(0);  // count or length, known at the end
        if (!is_ipfix()) datagram_.put32(uptime(now));
        datagram_.put32(seconds_of(now));
        if (settings_.protocol == ExportProtocol::netflow5) {
            auto const within = now.time_since_epoch() - std::chrono::seconds(seconds_of(now));
            datagram_.put32(static_cast<std::uint64_t>(within.count()) * 1000);
        }
        datagram_.put32(sequence_);
        if (settings_.protocol != ExportProtocol::netflow5) {
            datagram_.put32(settings_.source_id);
            return;
        }
        datagram_.put16(settings_.source_id);
        datagram_.put16(settings_.sampling == 1 ? 0 : 0x4000U | (settings_.sampling & 0x3FFFU));
    }

    void flush(Send const& send) {
        if (datagram_.size() == 0) return;
        close_set();
        datagram_.set16(2, is_ipfix() ? datagram_.size() : records_);
        // RFC 3954 §5.1: datagrams; RFC 7011 §3.1: data records; v5: flows.
        sequence_ += settings_.protocol == ExportProtocol::netflow9 ? 1 : data_records_;
        send(datagram_.all());
        datagram_.clear();
    }

    void open_set(std::uint16_t id) {
        close_set();
        set_start_ = datagram_.size();
        set_id_ = id;
        datagram_.put16(id);
        datagram_.put16(0);
    }

    void close_set() {
        if (!set_start_) return;
        datagram_.put_zeros((4 - datagram_.size() % 4) % 4);
        datagram_.set16(*set_start_ + 2, datagram_.size() - *set_start_);
        set_start_.reset();
        set_id_ = 0;
    }

    void put_fields(std::span<FieldSpecifier const> fields) {
        for (auto const& field : fields) {
            datagram_.put16(field.element);
            datagram_.put16(field.length);
        }
    }

    void put_template_set() {
        open_set(is_ipfix() ? 2 : 0);
        for (auto const id : {template4, template6}) {
            datagram_.put16(id);
            datagram_.put16(std::size(addresses4) + std::size(counts) + std::size(uptimes));
            if (id == template4) put_fields(addresses4);
            if (id == template6) put_fields(addresses6);
            put_fields(counts);
            if (is_ipfix()) put_fields(moments);
            if (!is_ipfix()) put_fields(uptimes);
            ++records_;
        }
        close_set();
    }

    /// IPFIX: samplingPacketInterval and -Space for the observation domain; v9: SAMPLING_INTERVAL for the system.
    void put_options_template_set() {
        open_set(is_ipfix() ? 3 : 1);
        datagram_.put16(options_template);
        if (is_ipfix()) {
            datagram_.put16(3);
            datagram_.put16(1);
            put_fields(std::initializer_list<FieldSpecifier>{{149, 4}, {305, 4}, {306, 4}});
        } else {
            datagram_.put16(4);
            datagram_.put16(8);
            put_fields(std::initializer_list<FieldSpecifier>{{1, 4}, {34, 4}, {35, 1}});
        }
        ++records_;
        close_set();
    }

    void put_options() {
        open_set(options_template);
        datagram_.put32(settings_.source_id);
        if (is_ipfix()) {
            datagram_.put32(1);
            datagram_.put32(settings_.sampling - 1);
        } else {
            datagram_.put32(settings_.sampling);
            datagram_.put8(1);  // deterministic
        }
        ++records_;
        ++data_records_;
        close_set();
    }

    [[nodiscard]] std::size_t room() const {
        constexpr std::size_t padding = 3;
        return settings_.most_bytes - datagram_.size() - padding;
    }

    void add_templated(Flow const& flow, base::Instant now, Send const& send) {
        bool const is_v4 = flow.source.is_v4() && flow.destination.is_v4();
        auto const id = is_v4 ? template4 : template6;
        std::size_t const record = (is_v4 ? 8U : 32U) + 21U + (is_ipfix() ? 16U : 8U);
        std::size_t const header = set_id_ == id ? 0 : 7;  // with the padding of the set before
        if (datagram_.size() > 0 && room() < header + record) flush(send);
        if (datagram_.size() == 0) start(now);
        if (set_id_ != id) open_set(id);
        put_addresses(flow, is_v4);
        datagram_.put16(flow.source_port);
        datagram_.put16(flow.destination_port);
        datagram_.put8(flow.protocol);
        datagram_.put64(sampled(flow.packets));
        datagram_.put64(sampled(flow.bytes));
        put_times(flow);
        ++records_;
        ++data_records_;
    }

    void put_addresses(Flow const& flow, bool is_v4) {
        for (auto const& address : {flow.source, flow.destination}) {
            constexpr base::Uint128 mapped = base::Uint128{0xFFFF} << 32;  // RFC 4291 §2.5.5.2, where families differ
            bool const needs_mapping = !is_v4 && address.is_v4();
            datagram_.put_address(needs_mapping ? base::Address::v6(mapped | address.number()) : address);
        }
    }

    void put_times(Flow const& flow) {
        for (auto const at : {flow.start, flow.end}) {
            if (is_ipfix()) {
                datagram_.put64(static_cast<std::uint64_t>(duration_cast<milliseconds>(at.time_since_epoch()).count()));
            } else {
                datagram_.put32(uptime(at));
            }
        }
    }

    void add_netflow5(Flow const& flow, base::Instant now, Send const& send) {
        if (records_ == Netflow5::most_records || settings_.most_bytes < datagram_.size() + Netflow5::record_size) {
            flush(send);
        }
        if (datagram_.size() == 0) start(now);
        datagram_.put_address(flow.source);
        datagram_.put_address(flow.destination);
        datagram_.put_zeros(8);  // next hop, interfaces
        constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
        datagram_.put32(std::min(sampled(flow.packets), most));
        datagram_.put32(std::min(sampled(flow.bytes), most));
        datagram_.put32(uptime(flow.start));
        datagram_.put32(uptime(flow.end));
        datagram_.put16(flow.source_port);
        datagram_.put16(flow.destination_port);
        datagram_.put16(0);  // padding, TCP flags
        datagram_.put8(flow.protocol);
        datagram_.put_zeros(9);  // type of service, AS numbers, masks, padding
        ++records_;
        ++data_records_;
    }

    ExportSettings const settings_;
    std::uint32_t sequence_;
    std::optional<base::Instant> templates_sent_;
    Datagram datagram_;
    std::optional<std::size_t> set_start_;
    std::uint16_t set_id_ = 0;
    std::uint32_t records_ = 0;       ///< Of all kinds, in this datagram.
    std::uint32_t data_records_ = 0;  ///< In this datagram.
};

ExportEncoder::ExportEncoder(ExportSettings const& settings) : writer_(std::make_unique<Writer>(settings)) {}

ExportEncoder::~ExportEncoder() = default;

void ExportEncoder::encode(std::span<Flow const> flows, base::Instant now, Send const& send) {
    writer_->encode(flows, now, send);
}

void ExportEncoder::send_templates(base::Instant now, Send const& send) { writer_->send_templates(now, send); }

}  // namespace kula::formats
