#include "record_reader.hpp"

#include <chrono>

#include "ip_protocols.hpp"
#include "network_bytes.hpp"

namespace kula::formats {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::uint64_t ntp_epoch = 2'208'988'800;      // seconds from 1900 to 1970, RFC 5905 §6
constexpr std::uint64_t last_second = 253'402'300'799;  // 9999-12-31T23:59:59Z: what can be printed

/// The fields of one record, by role.
class Fields {
public:
    Fields(std::byte const* record, FlowTemplate::Places const& places) : record_(record), places_(places) {}

    [[nodiscard]] bool has(Role role) const { return place(role).length != 0; }
    [[nodiscard]] std::byte const* at(Role role) const { return record_ + place(role).offset; }
    [[nodiscard]] std::uint64_t number(Role role) const { return load_number(at(role), place(role).length); }

private:
    [[nodiscard]] FieldPlace const& place(Role role) const { return places_[static_cast<std::size_t>(role)]; }

    std::byte const* record_;
    FlowTemplate::Places const& places_;
};

/// Nothing beyond the year 9999. Through a reference: an optional would be copied through memory, twice as slowly, and
/// this is what most of a record's time is spent on.
template <std::uint64_t a_second>
bool since_1970(std::uint64_t count, base::Instant& moment) {
    if (count > last_second * a_second) return false;
    moment = base::Instant(microseconds(count * (1'000'000 / a_second)));
    return true;
}

/// No flow lasts longer; keeps what is reckoned with within what can be printed.
bool is_believable(std::uint64_t microseconds_long) { return microseconds_long < 10ULL * 366 * 86400 * 1'000'000; }

/// RFC 7011 §6.1.9, §6.1.10: seconds since 1900 and a binary fraction; the era after 2036 is told by the high bit.
base::Instant from_ntp(std::uint64_t timestamp) {
    std::uint64_t since_1900 = timestamp >> 32;
    if (since_1900 < ntp_epoch) since_1900 += std::uint64_t{1} << 32;
    auto const fraction = ((timestamp & 0xFFFFFFFFU) * 1'000'000 + 0x80000000U) >> 32;
    return base::Instant(std::chrono::seconds(since_1900 - ntp_epoch) +
                         microseconds(std::min<std::uint64_t>(fraction, 999'999)));
}

/// The uptime counts 32 bits of milliseconds and wraps every 49.7 days: the turn nearest to the export is meant.
base::Instant after_start(base::Instant system_start, std::uint64_t uptime, base::Instant exported) {
    constexpr auto turn = microseconds(milliseconds(std::uint64_t{1} << 32));
    auto const moment = system_start + milliseconds(uptime & 0xFFFFFFFFU);
    auto const behind = exported - moment;
    auto const half = behind < microseconds(0) ? -turn / 2 : turn / 2;
    return moment + turn * ((behind + half) / turn);
}

/// Whether the number is a moment that can be.
bool to_moment(TimeUnit unit, std::uint64_t number, RecordSetting const& setting, base::Instant& moment) {
    switch (unit) {
        case TimeUnit::seconds: return since_1970<1>(number, moment);
        case TimeUnit::milliseconds: return since_1970<1000>(number, moment);
        case TimeUnit::ntp: moment = from_ntp(number); return true;
        case TimeUnit::before_export:
            if (!is_believable(number)) return false;
            moment = setting.exported - microseconds(number);
            return true;
        case TimeUnit::uptime:
            if (setting.protocol == ExportProtocol::netflow9) {
                auto const behind = setting.uptime - static_cast<std::uint32_t>(number);
                moment = setting.exported - milliseconds(static_cast<std::int32_t>(behind));
                return true;
            }
            if (!setting.system_start) return false;
            moment = after_start(*setting.system_start, number, setting.exported);
            return true;
        case TimeUnit::microseconds:
        case TimeUnit::none: break;
    }
    return false;
}

bool read_moment(FlowTemplate const& shape, Fields const& fields, Role role, RecordSetting const& setting,
                 base::Instant& moment) {
    return fields.has(role) && to_moment(shape.unit_of(role), fields.number(role), setting, moment);
}

microseconds duration(FlowTemplate const& shape, Fields const& fields) {
    if (fields.has(Role::duration)) {
        auto const number = fields.number(Role::duration);
        auto const factor = shape.unit_of(Role::duration) == TimeUnit::milliseconds ? 1000U : 1U;
        return is_believable(number) && is_believable(number * factor) ? microseconds(number * factor)
                                                                       : microseconds(0);
    }
    bool const has_uptimes =
        shape.unit_of(Role::start) == TimeUnit::uptime && shape.unit_of(Role::end) == TimeUnit::uptime;
    if (!has_uptimes || !fields.has(Role::start) || !fields.has(Role::end)) return microseconds(0);
    auto const length = static_cast<std::uint32_t>(fields.number(Role::end) - fields.number(Role::start));
    return milliseconds(std::max(static_cast<std::int32_t>(length), 0));
}

void read_times(Flow& flow, FlowTemplate const& shape, Fields const& fields, RecordSetting const& setting) {
    bool const has_start = read_moment(shape, fields, Role::start, setting, flow.start);
    bool const has_end = read_moment(shape, fields, Role::end, setting, flow.end);
    if (has_start && has_end) return;
    auto const length = duration(shape, fields);
    if (has_start) {
        flow.end = flow.start + length;
        return;
    }
    if (!has_end && !read_moment(shape, fields, Role::observed, setting, flow.end)) flow.end = setting.exported;
    flow.start = flow.end - length;
}

/// The exporter's own start, told by the record, comes before what options told.
void read_times_from_own_start(Flow& flow, FlowTemplate const& shape, Fields const& fields, RecordSetting setting) {
    base::Instant start;
    if (read_moment(shape, fields, Role::system_start, setting, start)) setting.system_start = start;
    read_times(flow, shape, fields, setting);
}

/// Some templates have room for both families; the version, or else what is not zero, tells which one is meant.
bool is_version6(Fields const& fields, Flow const& as4) {
    if (!fields.has(Role::source6) && !fields.has(Role::destination6)) return false;
    if (!fields.has(Role::source4) && !fields.has(Role::destination4)) return true;
    if (fields.has(Role::ip_version)) return fields.number(Role::ip_version) == 6;
    return as4.source == base::Address() && as4.destination == base::Address();
}

base::Address address4(Fields const& fields, Role role) { return base::Address::v4(load32(fields.at(role))); }

base::Address address6(Fields const& fields, Role role) {
    if (!fields.has(role)) return base::Address::v6(0);
    auto const* const at = fields.at(role);
    return base::Address::v6(base::Uint128{load64(at)} << 64 | load64(at + 8));
}

void read_addresses(Flow& flow, Fields const& fields) {
    if (fields.has(Role::source4)) flow.source = address4(fields, Role::source4);
    if (fields.has(Role::destination4)) flow.destination = address4(fields, Role::destination4);
    if (!is_version6(fields, flow)) return;
    flow.source = address6(fields, Role::source6);
    flow.destination = address6(fields, Role::destination6);
}

}  // namespace

void read_flow(FlowTemplate const& shape, std::byte const* record, FlowTemplate::Places const& places,
               RecordSetting const& setting, Flow& flow) {
    Fields const fields(record, places);
    read_addresses(flow, fields);
    flow.protocol = static_cast<std::uint8_t>(fields.number(Role::protocol));
    if (!is_icmp(flow.protocol)) {
        flow.source_port = static_cast<std::uint16_t>(fields.number(Role::source_port));
        flow.destination_port = static_cast<std::uint16_t>(fields.number(Role::destination_port));
    }
    auto const own = fields.number(Role::sampling_interval);
    auto const rate = own == 0 ? setting.rate : SamplingRate::one_in(own);
    flow.packets = rate.scale(fields.number(Role::packets));
    flow.bytes = rate.scale(fields.number(Role::bytes));
    if (fields.has(Role::system_start)) {
        read_times_from_own_start(flow, shape, fields, setting);
    } else {
        read_times(flow, shape, fields, setting);
    }
}

ToldByOptions read_options(std::byte const* record, FlowTemplate::Places const& places) {
    Fields const fields(record, places);
    ToldByOptions told;
    if (fields.has(Role::sampling_interval)) {
        told.rate = SamplingRate::one_in(fields.number(Role::sampling_interval));
    } else if (fields.has(Role::random_interval)) {
        told.rate = SamplingRate::one_in(fields.number(Role::random_interval));
    } else if (fields.has(Role::packet_interval) && fields.has(Role::packet_space)) {
        told.rate = SamplingRate::of(fields.number(Role::packet_interval), fields.number(Role::packet_space));
    }
    base::Instant start;
    if (fields.has(Role::system_start) && since_1970<1000>(fields.number(Role::system_start), start)) {
        told.system_start = start;
    }
    return told;
}

}  // namespace kula::formats
