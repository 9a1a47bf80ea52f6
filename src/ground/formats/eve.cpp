#include "formats/eve.hpp"

#include "eve_event.hpp"
#include "line_reader.hpp"
#include "text_values.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view not_json = "line is no JSON object";

}  // namespace

class EveDecoder::State {
public:
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        auto rest = bytes;
        std::string_view line;
        for (;;) {
            auto const next = lines_.next(rest, end, line);
            if (next == LineReader::Next::nothing) break;
            auto fault = reasons::line_too_long;
            if (next == LineReader::Next::line) {
                auto const readable = rest.data() + rest.size() - reinterpret_cast<std::byte const*>(line.data());
                fault = read(line, static_cast<std::size_t>(readable), sink);
            }
            if (fault.empty()) continue;
            teller_.flush(sink);
            sink.undecodable({Place::Unit::line, lines_.number()}, fault);
        }
        teller_.flush(sink);
        return bytes.size() - rest.size();
    }

private:
    std::string_view read(std::string_view line, std::size_t readable, TrafficSink& sink) {
        if (trimmed(line).empty()) return {};
        event_.clear();
        simdjson::ondemand::object object;
        bool const is_sound = json_.begin(line, readable, object) && event_.read(object) && json_.is_at_end();
        return is_sound ? teller_.tell(event_, sink) : not_json;
    }

    LineReader lines_;
    JsonLine json_;
    EveEvent event_;
    EveTeller teller_;
};

EveDecoder::EveDecoder() : state_(std::make_unique<State>()) {}
EveDecoder::~EveDecoder() = default;

std::size_t EveDecoder::consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
    return state_->consume(bytes, end, sink);
}

}  // namespace kula::formats
