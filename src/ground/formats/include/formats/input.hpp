#pragma once
/// @file
/// Any traffic input, recognised by its content: captures, Zeek and Suricata logs, tables; each also compressed.
///
/// Pure; one thread at a time. Several decoders may share one `ExportDecoder`, also from several threads, so that
/// templates carry over between rotated captures.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "formats/capture.hpp"
#include "formats/csv_flows.hpp"
#include "formats/exports.hpp"
#include "formats/stream.hpp"
#include "formats/traffic.hpp"

namespace kula::formats {

enum class InputKind : std::uint8_t {
    unknown,  ///< Not told yet, or empty.
    capture,
    zeek,
    eve,
    csv,
    gzip,
    bzip2,
    zstd,
    unrecognised,
};

/// `capture`, `zeek`, ...
std::string_view to_text(InputKind kind);

/// By the first bytes of an input; with a column map, text that is nothing else is a table. `unknown` while more bytes
/// are needed (never beyond 64 KiB), and at the end of an input that is empty or blank.
[[nodiscard]] InputKind recognise(std::span<std::byte const> prefix, InputEnd end, CsvColumns const& columns = {});

struct InputOptions {
    CaptureOptions capture{};
    CsvColumns columns{};
};

class TrafficDecoder {
public:
    /// `exports` must outlive the decoder and is not finished by it: call `ExportDecoder::finish` after the last input.
    TrafficDecoder(ExportDecoder& exports, InputOptions options);
    ~TrafficDecoder();

    /// See `stream.hpp`. NetFlow v5 datagrams that the sink is told of live as long as the caller keeps `bytes`; those
    /// of a compressed capture are told as flows instead. Input that is not recognised is one `undecodable`, empty
    /// input none. Compressed input may itself be compressed once more. A broken compressed stream is one `undecodable`
    /// at its byte; what came before it stays told.
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink);

    /// What the input is; of compressed input, what is inside once that is known.
    [[nodiscard]] InputKind kind() const;
    /// Whole packets read from captures.
    [[nodiscard]] std::uint64_t packets() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::formats
