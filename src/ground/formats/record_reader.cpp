#include "record_reader.hpp"

#include <chrono>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t ntp_epoch = 2'208'988'800;      // seconds from 1900 to 1970, RFC 5905 §6
constexpr std::uint64_t last_second = 253'402'300'799;  // 9999-12-31T23:59:59Z: what can be printed
constexpr std::uint8_t icmp = 1;
constexpr std::uint8_t icmp6 = 58;

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

/// Nothing beyond the year 9999.
std::optional<base::Instant> since_1970(std::uint64_t count, std::uint64_t a_second) {
    if (count / a_second > last_second) return std::nullopt;
    return base::Instant(microseconds(count * (1'000'000 / a_second)));
}

/// No flow lasts longer; keeps what is reckoned with within what can be printed.
bool is_believable(std::uint64_t microseconds_long) { return microseconds_long < 10ULL * 366 * 86400 * 1'000'000; }

/// RFC 7011 §6.1.9, §6.1.10: seconds since 1900 and a binary fraction; the era after 2036 is told by the high bit.
base::Instant from_ntp(std::uint64_t timestamp) {
    std::uint64_t since_1900 = timestamp >> 32;
    if (since_1900 < ntp_epoch) since_1900 += std::uint64_t{1} << 32;
    auto const fraction = ((timestamp & 0xFFFFFFFFU) * 1'000'000 + 0x80000000U) >> 32;
    return base::Instant(seconds(since_1900 - ntp_epoch) + microseconds(std::min<std::uint64_t>(fraction, 999'999)));
}

/// The uptime counts 32 bits of milliseconds and wraps every 49.7 days: the turn nearest to the export is meant.
base::Instant after_start(base::Instant system_start, std::uint64_t uptime, base::Instant exported) {
    constexpr auto turn = microseconds(milliseconds(std::uint64_t{1} << 32));
    auto const moment = system_start + milliseconds(uptime & 0xFFFFFFFFU);
    auto const behind = exported - moment;
    auto const half = behind < microseconds(0) ? -turn / 2 : turn / 2;
    return moment + turn * ((behind + half) / turn);
}

std::optional<base::Instant> moment(TimeUnit unit, std::uint64_t number, RecordSetting const& setting) {
    switch (unit) {
        case TimeUnit::seconds: return since_1970(number, 1);
        case TimeUnit::milliseconds: return since_1970(number, 1000);
        case TimeUnit::ntp: return from_ntp(number);
        case TimeUnit::before_export:
            if (!is_believable(number)) return std::nullopt;
            return setting.exported - microseconds(number);
        case TimeUnit::uptime:
            if (setting.protocol == ExportProtocol::netflow9) {
                return setting.exported -
                       milliseconds(static_cast<std::int32_t>(setting.uptime - static_cast<std::uint32_t>(number)));
            }
            if (!setting.system_start) return std::nullopt;
            return after_start(*setting.system_start, number, setting.exported);
        case TimeUnit::microseconds:
        case TimeUnit::none: break;
    }
    return std::nullopt;
}

std::optional<base::Instant> moment(FlowTemplate const& shape, Fields const& fields, Role role,
                                    RecordSetting const& setting) {
    if (!fields.has(role)) return std::nullopt;
    return moment(shape.unit_of(role), fields.number(role), setting);
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

void read_times(Flow& flow, FlowTemplate const& shape, Fields const& fields, RecordSetting setting) {
    if (auto const told = moment(shape, fields, Role::system_start, setting)) setting.system_start = told;
    auto const start = moment(shape, fields, Role::start, setting);
    auto const end = moment(shape, fields, Role::end, setting);
    if (start && end) {
        flow.start = *start;
        flow.end = *end;
        return;
    }
    auto const length = duration(shape, fields);
    if (start) {
        flow.start = *start;
        flow.end = *start + length;
        return;
    }
    auto const observed = moment(shape, fields, Role::observed, setting);
    flow.end = end ? *end : observed.value_or(setting.exported);
    flow.start = flow.end - length;
}

/// Some templates have room for both families; the version, or else what is not zero, tells which one is meant.
bool is_version6(Fields const& fields, Flow const& as4) {
    if (!fields.has(Role::source6) && !fields.has(Role::destination6)) return false;
    if (!fields.has(Role::source4) && !fields.has(Role::destination4)) return true;
    if (fields.has(Role::ip_version)) return fields.number(Role::ip_version) == 6;
    return as4.source == base::Address() && as4.destination == base::Address();
}

void read_addresses(Flow& flow, Fields const& fields) {
    if (fields.has(Role::source4)) flow.source = base::Address::v4_bytes(fields.at(Role::source4));
    if (fields.has(Role::destination4)) flow.destination = base::Address::v4_bytes(fields.at(Role::destination4));
    if (!is_version6(fields, flow)) return;
    auto const address = [&](Role role) {
        return fields.has(role) ? base::Address::v6_bytes(fields.at(role)) : base::Address::v6(0);
    };
    flow.source = address(Role::source6);
    flow.destination = address(Role::destination6);
}

}  // namespace

Flow read_flow(FlowTemplate const& shape, std::byte const* record, FlowTemplate::Places const& places,
               RecordSetting const& setting) {
    Fields const fields(record, places);
    Flow flow;
    read_addresses(flow, fields);
    flow.protocol = static_cast<std::uint8_t>(fields.number(Role::protocol));
    if (flow.protocol != icmp && flow.protocol != icmp6) {
        flow.source_port = static_cast<std::uint16_t>(fields.number(Role::source_port));
        flow.destination_port = static_cast<std::uint16_t>(fields.number(Role::destination_port));
    }
    auto const own = fields.number(Role::sampling_interval);
    auto const rate = own == 0 ? setting.rate : SamplingRate::one_in(own);
    flow.packets = rate.scale(fields.number(Role::packets));
    flow.bytes = rate.scale(fields.number(Role::bytes));
    read_times(flow, shape, fields, setting);
    return flow;
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
    if (fields.has(Role::system_start)) told.system_start = since_1970(fields.number(Role::system_start), 1000);
    return told;
}

}  // namespace kula::formats
