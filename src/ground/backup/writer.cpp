#include <algorithm>
#include <array>

#include "container.hpp"
#include "formats/compression.hpp"

namespace kula::backup {
namespace {

std::span<std::byte const> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}
std::string_view text_of(std::span<std::byte const> bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

}  // namespace

base::Result<Writer> Writer::create(std::filesystem::path const& file, Sealing const& sealing) {
    auto const key = seals::StreamKey::random();
    auto const header = header_for(key, sealing);
    if (!header) return header.error();
    auto output = OutputFile::create(file);
    if (!output) return output.error();
    if (auto const written = output->write(*header); !written) return written.error();
    return Writer(std::move(*output), seals::StreamSealer(key, *header));
}

Writer::Writer(OutputFile file, seals::StreamSealer sealer)
    : file_(std::move(file)), sealer_(std::move(sealer)), compressor_(std::make_unique<formats::Compressor>()) {}
Writer::Writer(Writer&&) noexcept = default;
Writer::~Writer() = default;

base::Result<void> Writer::open(Opening const& opening) { return put(opening_record(opening)); }

base::Result<void> Writer::begin(Part const& part) {
    bytes_ = 0;
    return put(part_record(part));
}

base::Result<void> Writer::add(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const piece = bytes.substr(0, longest_piece);
        digest_.add(piece);
        bytes_ += static_cast<std::int64_t>(piece.size());
        if (auto const written = put(piece_record(piece)); !written) return written;
        bytes.remove_prefix(piece.size());
    }
    return {};
}

base::Result<PartSum> Writer::end(std::int64_t rows) {
    PartSum sum{bytes_, rows, seals::hex(digest_.finish())};
    auto const record = sum_record(sum);
    total_.add(record);
    if (auto const written = put(record); !written) return written.error();
    return sum;
}

base::Result<std::int64_t> Writer::commit() {
    if (auto const written = put(total_.record()); !written) return written.error();
    std::array<std::byte, 16 * 1024> out{};
    for (bool is_whole = false; !is_whole;) {
        auto const end = compressor_->finish(out);
        if (auto const written = seal(text_of(std::span(out).first(end.made))); !written) return written.error();
        is_whole = end.is_whole;
    }
    auto const last = sealer_.seal(waiting_, seals::Chunk::last);
    if (auto const written = file_.write(last); !written) return written.error();
    if (auto const committed = file_.commit(); !committed) return committed.error();
    return file_.size();
}

base::Result<void> Writer::put(std::string_view record) {
    std::array<std::byte, 16 * 1024> out{};
    for (auto rest = bytes_of(record); !rest.empty();) {
        auto const step = compressor_->step(rest, out);
        rest = rest.subspan(step.used);
        if (auto const written = seal(text_of(std::span(out).first(step.made))); !written) return written;
    }
    return {};
}

base::Result<void> Writer::seal(std::string_view compressed) {
    waiting_ += compressed;
    while (waiting_.size() > seals::stream_chunk) {
        auto const chunk = std::string_view(waiting_).substr(0, seals::stream_chunk);
        auto const written = file_.write(sealer_.seal(chunk, seals::Chunk::more_follow));
        if (!written) return written;
        waiting_.erase(0, seals::stream_chunk);
    }
    return {};
}

}  // namespace kula::backup
