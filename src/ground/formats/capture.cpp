#include "formats/capture.hpp"

#include <variant>

#include "packet_traffic.hpp"
#include "pcap_reader.hpp"
#include "pcapng_reader.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view no_capture = "input is no capture";

}  // namespace

bool begins_capture(std::span<std::byte const> bytes) {
    return bytes.size() >= 4 && (PcapReader::begins(bytes) || PcapngReader::begins(bytes));
}

class CaptureDecoder::State {
public:
    State(ExportDecoder& exports, CaptureOptions const& options) : traffic_(exports, options) {}

    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        auto rest = bytes;
        if (std::holds_alternative<std::monostate>(reader_)) choose_reader(rest, end, sink);
        if (auto* const pcap = std::get_if<PcapReader>(&reader_)) {
            read(*pcap, rest, end, sink);
        } else if (auto* const pcapng = std::get_if<PcapngReader>(&reader_)) {
            read(*pcapng, rest, end, sink);
        } else if (is_refused_) {
            rest = rest.subspan(rest.size());
        }
        if (end != InputEnd::not_yet) traffic_.finish(sink);
        return bytes.size() - rest.size();
    }

    [[nodiscard]] std::uint64_t packets() const { return packets_; }

private:
    void choose_reader(std::span<std::byte const>& rest, InputEnd end, TrafficSink& sink) {
        if (is_refused_ || rest.empty() || (rest.size() < 4 && end == InputEnd::not_yet)) return;
        if (!begins_capture(rest)) {
            is_refused_ = true;
            if (rest.size() >= 4 || end == InputEnd::reached) sink.undecodable({Place::Unit::byte, 0}, no_capture);
        } else if (PcapReader::begins(rest)) {
            reader_.emplace<PcapReader>();
        } else {
            reader_.emplace<PcapngReader>();
        }
    }

    template <class Reader>
    void read(Reader& reader, std::span<std::byte const>& rest, InputEnd end, TrafficSink& sink) {
        PacketRecord record;
        for (;;) {
            switch (reader.next(rest, end, record)) {
                case Found::nothing: return;
                case Found::packet:
                    ++packets_;
                    traffic_.take(record, packets_ + broken_, sink);
                    break;
                case Found::broken:
                    ++broken_;
                    sink.undecodable({Place::Unit::packet, packets_ + broken_}, reader.reason());
                    break;
            }
        }
    }

    PacketTraffic traffic_;
    std::variant<std::monostate, PcapReader, PcapngReader> reader_;
    bool is_refused_ = false;
    std::uint64_t packets_ = 0;
    std::uint64_t broken_ = 0;
};

CaptureDecoder::CaptureDecoder(ExportDecoder& exports, CaptureOptions const& options)
    : state_(std::make_unique<State>(exports, options)) {}
CaptureDecoder::~CaptureDecoder() = default;

std::size_t CaptureDecoder::consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
    return state_->consume(bytes, end, sink);
}

std::uint64_t CaptureDecoder::packets() const { return state_->packets(); }

}  // namespace kula::formats
