#include "formats/input.hpp"

#include <algorithm>
#include <cstring>
#include <variant>
#include <vector>

#include "flows_only_sink.hpp"
#include "formats/compression.hpp"
#include "formats/eve.hpp"
#include "formats/zeek.hpp"

namespace kula::formats {
namespace {

constexpr int most_layers = 2;
constexpr std::size_t least_room = std::size_t{256} << 10;
constexpr std::size_t most_plain = longest_record + (std::size_t{1} << 20);

constexpr std::string_view not_recognised = "unrecognised input";
constexpr std::string_view too_many_layers = "input is compressed too many times";
constexpr std::string_view stream_broken = "compressed stream is damaged";
constexpr std::string_view stream_cut = "compressed stream ends early";

/// Steps over everything.
struct Refusal {
    static std::size_t consume(std::span<std::byte const> bytes, InputEnd, TrafficSink&) { return bytes.size(); }
};

}  // namespace

class TrafficDecoder::State {
public:
    State(ExportDecoder& exports, InputOptions options, int layers)
        : exports_(exports), options_(std::move(options)), layers_(layers) {}

    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        if (kind_ == InputKind::unknown) choose(bytes, end, sink);
        if (kind_ == InputKind::unknown) return end == InputEnd::not_yet ? 0 : bytes.size();
        if (inside_) return decompress(bytes, end, sink);
        return std::visit([&](auto& decoder) { return feed(decoder, bytes, end, sink); }, decoder_);
    }

    [[nodiscard]] InputKind kind() const {
        return inside_ && inside_->kind() != InputKind::unknown ? inside_->kind() : kind_;
    }
    [[nodiscard]] std::uint64_t packets() const {
        if (inside_) return inside_->packets();
        auto const* const capture = std::get_if<std::unique_ptr<CaptureDecoder>>(&decoder_);
        return capture == nullptr ? 0 : (*capture)->packets();
    }

private:
    template <class Decoder>
    static std::size_t feed(Decoder& decoder, std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        if constexpr (std::is_same_v<Decoder, Refusal>) {
            return decoder.consume(bytes, end, sink);
        } else {
            return decoder->consume(bytes, end, sink);
        }
    }

    void choose(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        // What broke off before it could be recognised is no fault of its own.
        kind_ = recognise(bytes, end == InputEnd::cut ? InputEnd::not_yet : end, options_.columns);
        switch (kind_) {
            case InputKind::unknown: break;
            case InputKind::capture: decoder_ = std::make_unique<CaptureDecoder>(exports_, options_.capture); break;
            case InputKind::zeek: decoder_ = std::make_unique<ZeekDecoder>(); break;
            case InputKind::eve: decoder_ = std::make_unique<EveDecoder>(); break;
            case InputKind::csv: decoder_ = std::make_unique<CsvFlowDecoder>(options_.columns); break;
            case InputKind::gzip: open(Compression::gzip, sink); break;
            case InputKind::bzip2: open(Compression::bzip2, sink); break;
            case InputKind::zstd: open(Compression::zstd, sink); break;
            case InputKind::unrecognised: sink.undecodable({Place::Unit::byte, 0}, not_recognised); break;
        }
    }

    void open(Compression compression, TrafficSink& sink) {
        if (layers_ >= most_layers) {
            kind_ = InputKind::unrecognised;
            return sink.undecodable({Place::Unit::byte, 0}, too_many_layers);
        }
        inside_ = std::make_unique<State>(exports_, options_, layers_ + 1);
        stream_ = std::make_unique<Decompressor>(compression);
    }

    std::size_t decompress(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        FlowsOnlySink behind(sink);  // what is decompressed is overwritten before this call returns
        for (auto rest = bytes; !is_over_;) {
            make_room();
            auto const step = stream_->step(rest, std::span(plain_).subspan(filled_));
            rest = rest.subspan(step.used);
            position_ += step.used;
            filled_ += step.made;
            give(InputEnd::not_yet, behind);
            if (stream_->is_broken()) fail(stream_broken, behind);
            if (step.used == 0 && step.made == 0) break;
        }
        if (!is_over_ && end != InputEnd::not_yet) {
            if (stream_->is_complete()) {
                give(InputEnd::reached, behind);
            } else if (end == InputEnd::cut) {
                give(InputEnd::cut, behind);
            } else {
                fail(stream_cut, behind);
            }
            is_over_ = true;
        }
        return bytes.size();
    }

    void fail(std::string_view reason, TrafficSink& sink) {
        give(InputEnd::cut, sink);
        sink.undecodable({Place::Unit::byte, position_}, reason);
        is_over_ = true;
    }

    void make_room() {
        if (plain_.size() - filled_ < least_room) plain_.resize(std::min(plain_.size() * 2 + least_room, most_plain));
    }

    void give(InputEnd end, TrafficSink& sink) {
        auto const used = inside_->consume(std::span(plain_).first(filled_), end, sink);
        if (used > 0 && used < filled_) std::memmove(plain_.data(), plain_.data() + used, filled_ - used);
        filled_ -= used;
    }

    ExportDecoder& exports_;
    InputOptions options_;
    int layers_;
    InputKind kind_ = InputKind::unknown;
    std::variant<Refusal, std::unique_ptr<CaptureDecoder>, std::unique_ptr<ZeekDecoder>, std::unique_ptr<EveDecoder>,
                 std::unique_ptr<CsvFlowDecoder>>
        decoder_;
    std::unique_ptr<Decompressor> stream_;  ///< Of compressed input, with what is inside.
    std::unique_ptr<State> inside_;
    std::vector<std::byte> plain_;
    std::size_t filled_ = 0;      ///< Bytes of `plain_` that are not used up yet.
    std::uint64_t position_ = 0;  ///< Bytes read of the compressed stream.
    bool is_over_ = false;
};

TrafficDecoder::TrafficDecoder(ExportDecoder& exports, InputOptions options)
    : state_(std::make_unique<State>(exports, std::move(options), 0)) {}
TrafficDecoder::~TrafficDecoder() = default;

std::size_t TrafficDecoder::consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
    return state_->consume(bytes, end, sink);
}

InputKind TrafficDecoder::kind() const { return state_->kind(); }
std::uint64_t TrafficDecoder::packets() const { return state_->packets(); }

}  // namespace kula::formats
