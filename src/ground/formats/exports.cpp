#include "formats/exports.hpp"

#include <algorithm>
#include <mutex>
#include <tuple>

#include "export_sessions.hpp"
#include "network_bytes.hpp"
#include "sflow5.hpp"
#include "templated_export.hpp"
#include "waiting_room.hpp"

namespace kula::formats {
namespace {

std::string_view fault_of(Netflow5 const& view, std::span<std::byte const> datagram, DatagramEnd end) {
    if (view.is_truncated()) return "a NetFlow v5 datagram is cut short";
    if (end == DatagramEnd::cut) return datagram_cut;
    bool const ends = datagram.size() == Netflow5::header_size + view.announced() * Netflow5::record_size;
    return ends ? std::string_view() : "bytes follow the last NetFlow v5 record";
}

std::optional<ExportProtocol> protocol_of(std::span<std::byte const> datagram) {
    if (datagram.size() < 4) return std::nullopt;
    switch (load16(datagram.data())) {
        case 5: return ExportProtocol::netflow5;
        case 9: return ExportProtocol::netflow9;
        case 10: return ExportProtocol::ipfix;
        default: break;
    }
    if (load32(datagram.data()) == 5) return ExportProtocol::sflow5;
    return std::nullopt;
}

bool recognises_netflow5(std::span<std::byte const> datagram) {
    auto const view = Netflow5::read(datagram);
    return view && view->announced() > 0 && view->announced() <= Netflow5::most_records &&
           datagram.size() == Netflow5::header_size + view->announced() * Netflow5::record_size;
}

bool recognises_templates(ExportProtocol protocol, TemplateKind kind, std::span<std::byte const> body) {
    TemplateParser parser(protocol, kind, body);
    while (parser.next()) {
        if (!parser.is_withdrawal() && !FlowTemplate::compile(protocol, kind, parser.fields())) return false;
    }
    return parser.fault().empty();
}

bool recognises_sets(ExportProtocol protocol, std::span<std::byte const> datagram) {
    auto const header = read_export_header(protocol, datagram);
    if (!header) return false;
    if (protocol == ExportProtocol::netflow9 && load16(datagram.data() + 2) == 0) return false;  // holds no record
    SetWalk walk(*header, datagram);
    std::size_t sets = 0;
    while (auto const set = walk.next()) {
        auto const kind = template_kind(protocol, set->id);
        if (!kind && set->id < least_template_id) return false;
        if (kind && !recognises_templates(protocol, *kind, set->body)) return false;
        ++sets;
    }
    return sets > 0 && walk.fault().empty();
}

}  // namespace

class ExportDecoder::State {
public:
    explicit State(ExportLimits limits)
        : sessions_(limits.exporters),
          waiting_(limits.waiting_bytes),
          memory_{limits.templates_an_exporter, limits.template_bytes} {}

    void decode(Exporter const& exporter, std::span<std::byte const> datagram, base::Instant received, Place place,
                TrafficSink& sink, DatagramEnd end) {
        auto const protocol = protocol_of(datagram);
        if (!protocol) {
            sink.undecodable(place, "no flow export of a known version");
        } else if (*protocol == ExportProtocol::netflow5) {
            decode_netflow5(exporter, datagram, received, place, sink, end);
        } else if (*protocol == ExportProtocol::sflow5) {
            decode_sflow5(exporter, datagram, received, place, sink, end);
        } else {
            decode_templated(*protocol, exporter, datagram, received, place, sink, end);
        }
    }

    void finish(TrafficSink& sink) {
        for (auto const& set : waiting_.take_all()) tell_given_up(set, "data whose template never came", sink);
    }

    [[nodiscard]] std::vector<ExporterState> exporters() const {
        std::vector<ExporterState> states;
        for (auto const& session : sessions_.all()) states.push_back(state_of(*session));
        std::sort(states.begin(), states.end(), [](ExporterState const& a, ExporterState const& b) {
            return std::tie(a.exporter, a.source_id, a.protocol) < std::tie(b.exporter, b.source_id, b.protocol);
        });
        return states;
    }

    [[nodiscard]] std::uint64_t lost() const { return sessions_.lost(); }

private:
    static ExporterState state_of(ExportSession const& session) {
        std::scoped_lock const lock(session.domain->mutex);
        ExporterState state;
        state.exporter = session.key.exporter;
        state.protocol = session.key.protocol;
        state.source_id = session.key.source_id;
        state.datagrams = session.datagrams;
        state.bytes = session.bytes;
        state.records = session.records;
        state.undecodable = session.undecodable;
        state.lost = session.lost;
        state.sampling = session.rate().rounded();
        state.templates = session.templates.size();
        state.waiting = session.waiting;
        state.first_seen = session.first_seen;
        state.last_seen = base::from_microseconds(session.last_seen);
        return state;
    }

    void decode_netflow5(Exporter const& exporter, std::span<std::byte const> datagram, base::Instant received,
                         Place place, TrafficSink& sink, DatagramEnd end) {
        auto const view = Netflow5::read(datagram);
        if (!view) {
            sink.undecodable(place, "a NetFlow v5 header is cut short");
            return;
        }
        auto const fault = fault_of(*view, datagram, end);
        auto const session = sessions_.see({exporter, ExportProtocol::netflow5, view->engine()}, received);
        {
            std::scoped_lock const lock(session->domain->mutex);
            session->took(datagram.size());
            session->records += view->size();
            session->undecodable += fault.empty() ? 0u : 1u;
            session->told.rate = SamplingRate::one_in(view->sampling_interval());
            session->sequence.saw(view->sequence(), static_cast<std::uint32_t>(view->announced()), view->uptime());
            session->lost.store(session->sequence.lost(), std::memory_order_relaxed);
        }
        if (view->size() > 0) sink.netflow5(*view);
        if (!fault.empty()) sink.undecodable(place, fault);
    }

    void decode_templated(ExportProtocol protocol, Exporter const& exporter, std::span<std::byte const> datagram,
                          base::Instant received, Place place, TrafficSink& sink, DatagramEnd end) {
        auto const header = read_export_header(protocol, datagram);
        if (!header) {
            sink.undecodable(place, protocol == ExportProtocol::netflow9 ? "a NetFlow v9 header is cut short"
                                                                         : "an IPFIX header is cut short");
            return;
        }
        auto const session = sessions_.see({exporter, protocol, header->source_id}, received);
        {
            std::scoped_lock const lock(session->domain->mutex);
            session->took(datagram.size());
            TemplatedExport(session, memory_, waiting_, place, sink).decode(*header, datagram, end);
            bool const is_ipfix = protocol == ExportProtocol::ipfix;
            session->lost.store(is_ipfix ? session->record_sequence.lost() : session->sequence.lost(),
                                std::memory_order_relaxed);
        }
        // Templates of exporters that are long gone must not keep out those of new ones.
        if (*memory_.used > memory_.bound - memory_.bound / 16) sessions_.forget_oldest();
    }

    void decode_sflow5(Exporter const& exporter, std::span<std::byte const> datagram, base::Instant received,
                       Place place, TrafficSink& sink, DatagramEnd end) {
        auto const header = Sflow5Header::read(datagram);
        if (!header) {
            sink.undecodable(place, "an sFlow header is cut short");
            return;
        }
        auto const session = sessions_.see({exporter, ExportProtocol::sflow5, header->sub_agent}, received);
        Sflow5Told told;
        {
            FlowBlock block(sink);
            told = read_sflow5(*header, datagram, received, block);
        }
        if (told.fault.empty() && end == DatagramEnd::cut) told.fault = datagram_cut;
        std::scoped_lock const lock(session->domain->mutex);
        session->took(datagram.size());
        session->records += told.records;
        if (told.rate) session->told.rate = told.rate;
        session->sequence.saw(header->sequence, 1, header->uptime);
        session->lost.store(session->sequence.lost(), std::memory_order_relaxed);
        if (told.fault.empty()) return;
        ++session->undecodable;
        sink.undecodable(place, told.fault);
    }

    ExportSessions sessions_;
    WaitingRoom waiting_;
    TemplateMemory memory_;
};

ExportDecoder::ExportDecoder(ExportLimits limits) : state_(std::make_unique<State>(limits)) {}

ExportDecoder::~ExportDecoder() = default;

bool ExportDecoder::recognises(std::span<std::byte const> datagram) {
    auto const protocol = protocol_of(datagram);
    if (!protocol) return false;
    switch (*protocol) {
        case ExportProtocol::netflow5: return recognises_netflow5(datagram);
        case ExportProtocol::sflow5: return recognises_sflow5(datagram);
        case ExportProtocol::netflow9:
        case ExportProtocol::ipfix: break;
    }
    return recognises_sets(*protocol, datagram);
}

void ExportDecoder::decode(Exporter const& exporter, std::span<std::byte const> datagram, base::Instant received,
                           Place place, TrafficSink& sink, DatagramEnd end) {
    state_->decode(exporter, datagram, received, place, sink, end);
}

void ExportDecoder::finish(TrafficSink& sink) { state_->finish(sink); }

std::vector<ExporterState> ExportDecoder::exporters() const { return state_->exporters(); }

std::uint64_t ExportDecoder::lost() const { return state_->lost(); }

}  // namespace kula::formats
