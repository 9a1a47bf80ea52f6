#include "templated_export.hpp"

#include <algorithm>
#include <utility>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t netflow9_header = 20;
constexpr std::size_t ipfix_header = 16;
constexpr std::size_t set_header = 4;

constexpr std::string_view not_waited = "data without a template, more than can wait";
constexpr std::string_view too_many_templates = "more templates than an exporter may have";

base::Instant at_second(std::uint32_t since_1970) { return base::Instant(std::chrono::seconds(since_1970)); }

/// RFC 7011 §3.3.1: what is left of a set pads it. More than an alignment that is not zero is a record that was cut.
bool is_padding(std::span<std::byte const> rest) {
    return rest.size() < 4 || std::all_of(rest.begin(), rest.end(), [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace

std::optional<ExportHeader> read_export_header(ExportProtocol protocol, std::span<std::byte const> datagram) {
    ExportHeader header;
    header.protocol = protocol;
    auto const* const at = datagram.data();
    if (protocol == ExportProtocol::netflow9) {
        if (datagram.size() < netflow9_header) return std::nullopt;
        header.length = netflow9_header;
        header.announced = datagram.size();
        header.uptime = load32(at + 4);
        header.exported = at_second(load32(at + 8));
        header.sequence = load32(at + 12);
        header.source_id = load32(at + 16);
    } else {
        if (datagram.size() < ipfix_header) return std::nullopt;
        header.length = ipfix_header;
        header.announced = load16(at + 2);
        header.exported = at_second(load32(at + 4));
        header.sequence = load32(at + 8);
        header.source_id = load32(at + 12);
    }
    return header;
}

SetWalk::SetWalk(ExportHeader const& header, std::span<std::byte const> datagram) {
    if (header.announced < header.length) {
        fault_ = "a message announces less than its header";
        return;
    }
    if (header.announced > datagram.size()) fault_at_end_ = "a message is cut short";
    if (header.announced < datagram.size()) fault_at_end_ = "bytes follow a message";
    rest_ = datagram.first(std::min(header.announced, datagram.size())).subspan(header.length);
}

std::optional<SetWalk::Set> SetWalk::next() {
    if (!fault_.empty()) return std::nullopt;
    if (rest_.empty()) {
        fault_ = fault_at_end_;
        return std::nullopt;
    }
    if (rest_.size() < set_header) {
        fault_ = "a set's header is cut short";
        return std::nullopt;
    }
    auto const id = load16(rest_.data());
    std::size_t length = load16(rest_.data() + 2);
    if (length < set_header) {
        fault_ = "a set announces less than its header";
        return std::nullopt;
    }
    if (length > rest_.size()) {
        fault_ = "a set runs beyond its datagram";
        length = rest_.size();
    }
    Set const set{id, rest_.subspan(set_header, length - set_header)};
    rest_ = rest_.subspan(length);
    return set;
}

void TemplatedExport::decode(ExportHeader const& header, std::span<std::byte const> datagram, DatagramEnd end) {
    setting_.protocol = header.protocol;
    setting_.exported = header.exported;
    setting_.uptime = header.uptime;
    renew_setting();
    SetWalk walk(header, datagram);
    while (auto const set = walk.next()) {
        take_set(*set);
        if (!fault_.empty()) break;
    }
    block_.tell();
    if (fault_.empty()) fault_ = walk.fault();
    if (fault_.empty() && end == DatagramEnd::cut) fault_ = datagram_cut;
    auto const reason = fault_.empty() ? excess_ : fault_;
    if (!reason.empty() && (is_told_broken_ == nullptr || !is_told_broken_->exchange(true))) {
        ++session_->undecodable;
        sink_.undecodable(place_, reason);
    }
    if (header.protocol == ExportProtocol::netflow9) {
        session_->sequence.saw(header.sequence, 1, header.uptime);
    } else {
        session_->record_sequence.saw(header.sequence, fault_.empty() ? records_ : std::nullopt);
    }
}

void TemplatedExport::renew_setting() {
    setting_.rate = session_->rate();
    setting_.system_start = session_->system_start();
}

void TemplatedExport::take_set(SetWalk::Set const& set) {
    if (set.id >= least_template_id) {
        take_data(set.id, set.body);
    } else if (auto const kind = template_kind(setting_.protocol, set.id)) {
        take_templates(*kind, set.body);
    }
}

void TemplatedExport::take_templates(TemplateKind kind, std::span<std::byte const> body) {
    TemplateParser parser(setting_.protocol, kind, body);
    while (auto const id = parser.next()) {
        if (parser.is_withdrawal()) {
            withdraw(*id, kind);
        } else {
            learn(*id, kind, parser.fields());
        }
        if (!fault_.empty()) return;
    }
    fault_ = parser.fault();
}

void TemplatedExport::learn(std::uint16_t id, TemplateKind kind, std::span<TemplateField const> fields) {
    auto shape = FlowTemplate::compile(setting_.protocol, kind, fields);
    if (!shape) {
        fault_ = "a template's records have no possible length";
        return;
    }
    if (!keep(id, std::move(*shape))) {
        excess_ = too_many_templates;
        return;
    }
    renew_setting();
    take_waiting(id);
}

bool TemplatedExport::keep(std::uint16_t id, FlowTemplate&& shape) {
    auto& own = session_->templates;
    auto const known = own.find(id);
    if (known != own.end() && known->second->is_same_as(shape)) {
        session_->domain->newest[id] = known->second;
        return true;
    }
    if (known == own.end() && own.size() >= memory_.templates_a_session) return false;
    auto const size = shape.size();
    if (*memory_.used + size > memory_.bound) return false;
    *memory_.used += size;
    auto const give_back = [used = memory_.used, size](FlowTemplate const* gone) {
        delete gone;
        *used -= size;
    };
    std::shared_ptr<FlowTemplate const> const kept(new FlowTemplate(std::move(shape)), give_back);
    own[id] = kept;
    session_->domain->newest[id] = kept;
    return true;
}

/// RFC 7011 §8.1. §8.4 has collectors ignore it over UDP; exporters that send it all the same mean it.
void TemplatedExport::withdraw(std::uint16_t id, TemplateKind kind) {
    auto& newest = session_->domain->newest;
    std::erase_if(session_->templates, [&](Templates::value_type const& own) {
        bool const is_meant = id < least_template_id ? own.second->kind() == kind : own.first == id;
        if (!is_meant) return false;
        auto const shared = newest.find(own.first);
        if (shared != newest.end() && shared->second == own.second) newest.erase(shared);
        return true;
    });
}

void TemplatedExport::take_data(std::uint16_t id, std::span<std::byte const> body) {
    if (body.empty()) return;
    auto const shape = session_->find_template(id);
    if (shape == nullptr) {
        wait(id, body);
        return;
    }
    auto const taken = take_records(*shape, body, setting_, *session_);
    fault_ = taken.fault;
    bool const is_options = shape->kind() == TemplateKind::options;
    if (records_) (is_options ? records_->options : records_->data) += taken.records;
    if (is_options) renew_setting();
}

TemplatedExport::Taken TemplatedExport::take_records(FlowTemplate const& shape, std::span<std::byte const> body,
                                                     RecordSetting const& setting, ExportSession& session) {
    FlowTemplate::Places scratch{};
    Taken taken;
    while (body.size() >= shape.least_length()) {
        auto const record = shape.record(body, scratch);
        if (!record) {
            taken.fault = "a record runs beyond its set";
            return taken;
        }
        if (shape.tells_flows()) {
            read_flow(shape, body.data(), *record->places, setting, block_.add());
            ++session.records;
        } else if (shape.kind() == TemplateKind::options) {
            obey(read_options(body.data(), *record->places), session);
        }
        ++taken.records;
        body = body.subspan(record->length);
    }
    if (!is_padding(body)) taken.fault = "a record is cut short";
    return taken;
}

void TemplatedExport::obey(ToldByOptions const& told, ExportSession& session) {
    if (told.rate) session.told.rate = session.domain->told.rate = told.rate;
    if (told.system_start) session.told.system_start = session.domain->told.system_start = told.system_start;
}

void TemplatedExport::wait(std::uint16_t id, std::span<std::byte const> body) {
    records_.reset();
    if (is_told_broken_ == nullptr) is_told_broken_ = std::make_shared<std::atomic<bool>>(false);
    WaitingSet set{session_, id, {body.begin(), body.end()}, setting_, place_, is_told_broken_};
    for (auto const& gone : waiting_.keep(std::move(set))) tell_broken(gone, not_waited);
}

void TemplatedExport::take_waiting(std::uint16_t id) {
    if (session_->domain->waiting_sets == 0) return;
    auto const shape = session_->find_template(id);
    for (auto& set : waiting_.take(*session_->domain, id)) {
        if (!set.setting.system_start) set.setting.system_start = set.session->system_start();
        auto const taken = take_records(*shape, set.body, set.setting, *set.session);
        if (!taken.fault.empty()) tell_broken(set, taken.fault);
    }
    renew_setting();
}

void TemplatedExport::tell_broken(WaitingSet const& set, std::string_view reason) {
    block_.tell();
    tell_given_up(set, reason, sink_);
}

void tell_given_up(WaitingSet const& set, std::string_view reason, TrafficSink& sink) {
    if (set.is_told_broken->exchange(true)) return;
    ++set.session->undecodable;
    sink.undecodable(set.place, reason);
}

}  // namespace kula::formats
