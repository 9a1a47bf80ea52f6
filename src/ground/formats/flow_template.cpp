#include "flow_template.hpp"

#include <algorithm>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t longest_data_record = 0xFFFF;

/// What an information element means to a flow. Where several of a template fill the same role, the lowest rank does.
struct Meaning {
    std::uint16_t element;
    Role role;
    std::uint8_t rank;
    TimeUnit unit = TimeUnit::none;
    std::uint16_t only_length = 0;  ///< Addresses have one length; numbers come in any.
};

constexpr Meaning meanings[] = {
    {8, Role::source4, 1, TimeUnit::none, 4},
    {12, Role::destination4, 1, TimeUnit::none, 4},
    {27, Role::source6, 1, TimeUnit::none, 16},
    {28, Role::destination6, 1, TimeUnit::none, 16},
    {60, Role::ip_version, 1},
    {4, Role::protocol, 1},
    {7, Role::source_port, 1},
    {180, Role::source_port, 2},  // udpSourcePort
    {182, Role::source_port, 3},  // tcpSourcePort
    {11, Role::destination_port, 1},
    {181, Role::destination_port, 2},
    {183, Role::destination_port, 3},
    {2, Role::packets, 1},    // packetDeltaCount
    {86, Role::packets, 2},   // packetTotalCount
    {24, Role::packets, 3},   // postPacketDeltaCount, v9 OUT_PKTS
    {298, Role::packets, 4},  // initiatorPackets
    {1, Role::bytes, 1},
    {85, Role::bytes, 2},
    {23, Role::bytes, 3},
    {231, Role::bytes, 4},
    {156, Role::start, 1, TimeUnit::ntp},  // flowStartNanoseconds
    {154, Role::start, 2, TimeUnit::ntp},  // flowStartMicroseconds
    {152, Role::start, 3, TimeUnit::milliseconds},
    {150, Role::start, 4, TimeUnit::seconds},
    {158, Role::start, 5, TimeUnit::before_export},  // flowStartDeltaMicroseconds
    {22, Role::start, 6, TimeUnit::uptime},
    {157, Role::end, 1, TimeUnit::ntp},
    {155, Role::end, 2, TimeUnit::ntp},
    {153, Role::end, 3, TimeUnit::milliseconds},
    {151, Role::end, 4, TimeUnit::seconds},
    {159, Role::end, 5, TimeUnit::before_export},
    {21, Role::end, 6, TimeUnit::uptime},
    {325, Role::observed, 1, TimeUnit::ntp},  // observationTimeNanoseconds
    {324, Role::observed, 2, TimeUnit::ntp},
    {323, Role::observed, 3, TimeUnit::milliseconds},
    {322, Role::observed, 4, TimeUnit::seconds},
    {162, Role::duration, 1, TimeUnit::microseconds},
    {161, Role::duration, 2, TimeUnit::milliseconds},
    {160, Role::system_start, 1, TimeUnit::milliseconds},
    {34, Role::sampling_interval, 1},
    {50, Role::random_interval, 1},   // samplerRandomInterval
    {305, Role::packet_interval, 1},  // samplingPacketInterval
    {306, Role::packet_space, 1},     // samplingPacketSpace
};

Meaning const* meaning_of(TemplateField const& field) {
    if (field.origin != TemplateField::Origin::iana || field.length == 0) return nullptr;
    auto const* found = std::find_if(std::begin(meanings), std::end(meanings),
                                     [&](Meaning const& meaning) { return meaning.element == field.element; });
    if (found == std::end(meanings)) return nullptr;
    return found->only_length == 0 || found->only_length == field.length ? found : nullptr;
}

/// Options tell of the exporter, data tells of flows; of the exporter it may still tell the rate and its own start.
bool matters(Role role, TemplateKind kind) {
    if (kind == TemplateKind::options) return role >= Role::system_start;
    return role <= Role::sampling_interval;
}

/// The times of v9 are those of the system's uptime, where a record has several (RFC 3954 §8).
std::uint8_t rank_of(Meaning const& meaning, ExportProtocol protocol) {
    return meaning.unit == TimeUnit::uptime && protocol == ExportProtocol::netflow9 ? std::uint8_t{0} : meaning.rank;
}

struct Choice {
    Meaning const* meaning = nullptr;
    std::size_t field = 0;
};

/// Which field fills each role: the lowest rank, and of the same element the first.
std::array<Choice, role_count> choose(ExportProtocol protocol, TemplateKind kind,
                                      std::span<TemplateField const> fields) {
    std::array<Choice, role_count> choices{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto const* meaning = meaning_of(fields[i]);
        if (meaning == nullptr || !matters(meaning->role, kind)) continue;
        auto& choice = choices[static_cast<std::size_t>(meaning->role)];
        if (choice.meaning == nullptr || rank_of(*meaning, protocol) < rank_of(*choice.meaning, protocol)) {
            choice = {meaning, i};
        }
    }
    return choices;
}

std::uint64_t hash_of(TemplateKind kind, std::span<TemplateField const> fields) {
    std::uint64_t hash = 0xCBF29CE484222325U + static_cast<std::uint64_t>(kind);
    for (auto const& field : fields) {
        auto const word = std::uint64_t{field.element} << 32 | std::uint64_t{field.length} << 8 |
                          static_cast<std::uint64_t>(field.origin);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 29;
    }
    return hash;
}

}  // namespace

std::optional<FlowTemplate> FlowTemplate::compile(ExportProtocol protocol, TemplateKind kind,
                                                  std::span<TemplateField const> fields) {
    auto const choices = choose(protocol, kind, fields);
    std::vector<Role> roles(fields.size(), Role::count_);
    FlowTemplate made;
    for (std::size_t role = 0; role < role_count; ++role) {
        if (choices[role].meaning == nullptr) continue;
        roles[choices[role].field] = static_cast<Role>(role);
        made.units_[role] = choices[role].meaning->unit;
    }
    bool const may_vary = protocol == ExportProtocol::ipfix;
    bool varies = false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        bool const is_variable = may_vary && fields[i].length == variable_length;
        varies |= is_variable;
        auto const role = static_cast<std::size_t>(roles[i]);
        if (role < role_count) made.places_[role] = {static_cast<std::uint16_t>(made.least_length_), fields[i].length};
        made.add_step(fields[i].length, roles[i]);
        made.least_length_ += is_variable ? std::size_t{1} : fields[i].length;
        if (made.least_length_ > longest_data_record) return std::nullopt;
    }
    if (made.least_length_ == 0) return std::nullopt;
    if (!varies) made.steps_ = {};
    made.steps_.shrink_to_fit();
    made.kind_ = kind;
    made.definition_ = hash_of(kind, fields);
    made.tells_flows_ =
        kind == TemplateKind::data && std::any_of(choices.begin(), choices.begin() + 4,
                                                  [](Choice const& choice) { return choice.meaning != nullptr; });
    return made;
}

void FlowTemplate::add_step(std::uint16_t length, Role role) {
    bool const is_plain = role == Role::count_ && length != variable_length;
    if (is_plain && !steps_.empty() && steps_.back().role == Role::count_ && steps_.back().length != variable_length &&
        steps_.back().length + length < variable_length) {
        steps_.back().length = static_cast<std::uint16_t>(steps_.back().length + length);
        return;
    }
    steps_.push_back({length, role});
}

std::optional<FlowTemplate::Record> FlowTemplate::walk(std::span<std::byte const> bytes, Places& scratch) const {
    std::size_t at = 0;
    for (auto const& step : steps_) {
        std::size_t length = step.length;
        if (step.length == variable_length) {
            if (bytes.size() - at < 1) return std::nullopt;
            length = std::to_integer<std::size_t>(bytes[at++]);
            if (length == 255) {
                if (bytes.size() - at < 2) return std::nullopt;
                length = load16(bytes.data() + at);
                at += 2;
            }
        }
        if (bytes.size() - at < length) return std::nullopt;
        if (step.role != Role::count_) {
            scratch[static_cast<std::size_t>(step.role)] = {static_cast<std::uint16_t>(at),
                                                            static_cast<std::uint16_t>(length)};
        }
        at += length;
    }
    return Record{at, &scratch};
}

}  // namespace kula::formats
