#include "formats/eve.hpp"

#include "eve_event.hpp"
#include "line_decoding.hpp"

namespace kula::formats {
class EveDecoder::State {
public:
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        return decode_lines(lines_, teller_, bytes, end, sink,
                            [&](std::string_view line, std::size_t readable) { return read(line, readable, sink); });
    }

private:
    std::string_view read(std::string_view line, std::size_t readable, TrafficSink& sink) {
        if (trimmed(line).empty()) return {};
        event_.clear();
        simdjson::ondemand::object object;
        bool const is_sound = json_.begin(line, readable, object) && event_.read(object) && json_.is_at_end();
        return is_sound ? teller_.tell(event_, sink) : reasons::not_json;
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
