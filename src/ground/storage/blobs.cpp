#include "storage/blobs.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/descriptor.hpp"

namespace kula::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view unfinished = ".unfinished";

base::Error failed(fs::path const& path) {
    return base::unavailable(fmt::format("{}: {}", path.string(), std::strerror(errno)));
}

base::Result<void> make_blob_folder(fs::path const& folder) {
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return failed(folder);
    return {};
}

/// A name that is new in the folder is as durable as its content from then on.
base::Result<void> settle(fs::path const& folder) {
    base::Descriptor const directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.is_open() || ::fsync(directory.number()) != 0) return failed(folder);
    return {};
}

}  // namespace

struct BlobWriter::State {
    fs::path const folder;
    fs::path path;  ///< Empty once it has its final name.
    base::Descriptor const file;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const digest{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    std::uint64_t bytes = 0;

    State(fs::path to, fs::path unfinished_path, int descriptor)
        : folder(std::move(to)), path(std::move(unfinished_path)), file(descriptor) {
        EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
    }
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() {
        if (!path.empty()) ::unlink(path.c_str());
    }
    std::string hash() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
        unsigned length = 0;
        EVP_DigestFinal_ex(digest.get(), raw.data(), &length);
        return fmt::format("{:02x}", fmt::join(raw.begin(), raw.begin() + length, ""));
    }
};

BlobWriter::BlobWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
BlobWriter::~BlobWriter() = default;
BlobWriter::BlobWriter(BlobWriter&&) noexcept = default;

base::Result<void> BlobWriter::add(std::span<std::byte const> bytes) {
    EVP_DigestUpdate(state_->digest.get(), bytes.data(), bytes.size());
    state_->bytes += bytes.size();
    while (!bytes.empty()) {
        auto const count = ::write(state_->file.number(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed(state_->path);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

base::Result<Blob> BlobWriter::finish() {
    auto& state = *state_;
    Blob const blob{state.hash(), state.bytes};
    auto const folder = state.folder / blob.sha256.substr(0, 2);
    if (auto const made = make_blob_folder(folder); !made) return made.error();
    auto const place = folder / blob.sha256.substr(2);
    if (::fsync(state.file.number()) != 0) return failed(state.path);
    if (::rename(state.path.c_str(), place.c_str()) != 0) return failed(place);
    state.path.clear();
    for (auto const& each : {folder, state.folder}) {
        if (auto const settled = settle(each); !settled) return settled.error();
    }
    return blob;
}

base::Result<Blobs> Blobs::open(fs::path const& data_folder) {
    auto folder = data_folder / "blobs";
    if (auto const made = make_blob_folder(folder); !made) return made.error();
    if (auto const settled = settle(data_folder); !settled) return settled.error();
    std::error_code error;
    for (auto const& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == unfinished) fs::remove(entry.path(), error);
    }
    return Blobs(std::move(folder));
}

base::Result<BlobWriter> Blobs::begin() const {
    auto name = (folder_ / "XXXXXX").string() + std::string(unfinished);
    int const file = ::mkostemps(name.data(), static_cast<int>(unfinished.size()), O_CLOEXEC);
    if (file < 0) return failed(folder_);
    return BlobWriter(std::make_unique<BlobWriter::State>(folder_, name, file));
}

fs::path Blobs::path_of(std::string const& sha256) const { return folder_ / sha256.substr(0, 2) / sha256.substr(2); }

}  // namespace kula::storage
