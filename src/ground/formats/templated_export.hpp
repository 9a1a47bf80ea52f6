#pragma once
/// @file
/// NetFlow v9 and IPFIX datagrams: their headers, their sets, and what templates make of the data inside.
///
/// Sources: RFC 3954 §5, §6; RFC 7011 §3, §8. The caller holds the lock of the session's domain.

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "export_session.hpp"
#include "flow_block.hpp"
#include "template_parser.hpp"
#include "waiting_room.hpp"

namespace kula::formats {

struct ExportHeader {
    ExportProtocol protocol = ExportProtocol::netflow9;
    std::uint32_t source_id = 0;
    std::uint32_t sequence = 0;
    std::uint32_t uptime = 0;  ///< v9 only.
    base::Instant exported;
    std::size_t length = 0;     ///< Of the header.
    std::size_t announced = 0;  ///< IPFIX: of the whole message; v9: of the datagram.
};

/// Nothing where the bytes hold no whole header.
std::optional<ExportHeader> read_export_header(ExportProtocol protocol, std::span<std::byte const> datagram);

/// The sets of one datagram, one by one.
class SetWalk {
public:
    struct Set {
        std::uint16_t id = 0;
        std::span<std::byte const> body;
    };

    SetWalk(ExportHeader const& header, std::span<std::byte const> datagram);

    /// Nothing at the end, or at a fault. Of a set that runs beyond the datagram what is there is given, then it ends.
    std::optional<Set> next();
    /// Why the datagram is broken; empty where it is not.
    [[nodiscard]] std::string_view fault() const { return fault_; }

private:
    std::span<std::byte const> rest_;
    std::string_view fault_;
    std::string_view fault_at_end_;
};

/// What templates take of memory, for all exporters together.
struct TemplateMemory {
    std::size_t templates_a_session = 0;
    std::size_t bound = 0;
    /// Shared with the templates themselves, which give back what they took.
    std::shared_ptr<std::atomic<std::size_t>> used = std::make_shared<std::atomic<std::size_t>>(0);
};

/// Decodes one datagram.
class TemplatedExport {
public:
    TemplatedExport(std::shared_ptr<ExportSession> const& session, TemplateMemory const& memory, WaitingRoom& waiting,
                    Place place, TrafficSink& sink)
        : session_(session), memory_(memory), waiting_(waiting), place_(place), sink_(sink), block_(sink) {}

    void decode(ExportHeader const& header, std::span<std::byte const> datagram, DatagramEnd end);

private:
    struct Taken {
        std::uint32_t records = 0;
        std::string_view fault;
    };

    void take_set(SetWalk::Set const& set);
    void take_templates(TemplateKind kind, std::span<std::byte const> body);
    void learn(std::uint16_t id, TemplateKind kind, std::span<TemplateField const> fields);
    bool keep(std::uint16_t id, FlowTemplate&& shape);
    void withdraw(std::uint16_t id, TemplateKind kind);
    void take_data(std::uint16_t id, std::span<std::byte const> body);
    Taken take_records(FlowTemplate const& shape, std::span<std::byte const> body, RecordSetting const& setting,
                       ExportSession& session);
    void obey(ToldByOptions const& told, ExportSession& session);
    void wait(std::uint16_t id, std::span<std::byte const> body);
    void take_waiting(std::uint16_t id);
    void tell_broken(WaitingSet const& set, std::string_view reason);
    void renew_setting();

    std::shared_ptr<ExportSession> const& session_;
    TemplateMemory const& memory_;
    WaitingRoom& waiting_;
    Place place_;
    TrafficSink& sink_;
    FlowBlock block_;
    RecordSetting setting_{};
    std::optional<RecordSequence::Count> records_ = RecordSequence::Count{};  ///< Unknown where data waits.
    std::string_view fault_;                                                  ///< Ends the datagram.
    std::string_view excess_;  ///< A bound was met; the rest of the datagram is still read.
    std::shared_ptr<std::atomic<bool>> is_told_broken_;
};

inline constexpr std::string_view datagram_cut = "flow export is cut short";

/// Tells data that will not be decoded any more as undecodable, once for each datagram.
void tell_given_up(WaitingSet const& set, std::string_view reason, TrafficSink& sink);

}  // namespace kula::formats
