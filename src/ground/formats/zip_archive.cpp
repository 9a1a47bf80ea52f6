#include "formats/zip_archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>

namespace kula::formats {
namespace {

constexpr std::size_t at_once = 1 << 20;

zip_t* of(void* archive) { return static_cast<zip_t*>(archive); }

std::string sentence(int code) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string out = zip_error_strerror(&error);
    zip_error_fini(&error);
    return out;
}

bool is_of_the_disk(int code) {
    return code == ZIP_ER_NOENT || code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_MEMORY;
}

base::Error fault(int code) {
    if (is_of_the_disk(code)) return base::unavailable("the archive: " + sentence(code));
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_ENCRNOTSUPP) return base::invalid("it is encrypted");
    return base::invalid(fmt::format("its packing is damaged or not known: {}", sentence(code)));
}

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

bool is_zip(std::span<std::byte const> beginning) {
    std::string_view const text(reinterpret_cast<char const*>(beginning.data()), beginning.size());
    return text.starts_with(std::string_view("PK\x03\x04", 4)) || text.starts_with(std::string_view("PK\x05\x06", 4));
}

void ZipArchive::Closing::operator()(void* archive) const { zip_discard(of(archive)); }

ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;

base::Result<ZipArchive> ZipArchive::open(std::filesystem::path const& path) {
    int code = 0;
    ZipArchive out(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (out.archive_ == nullptr) return fault(code);
    auto* const archive = of(out.archive_.get());
    auto const count = static_cast<std::uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(archive, 0), 0));
    if (count > most_files) return base::invalid(fmt::format("it holds more than {} files", most_files));
    for (std::uint64_t index = 0; index < count; ++index) {
        zip_stat_t told;
        // As it stands there: what is no UTF-8 is not guessed at.
        if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &told) != 0)
            return fault(zip_error_code_zip(zip_get_error(archive)));
        std::string name = told.name;
        if (name.ends_with('/')) continue;
        out.files_.push_back({std::move(name), index, told.comp_size});
    }
    return out;
}

base::Result<void> ZipArchive::read(File const& file,
                                    std::function<base::Result<void>(std::span<std::byte const> piece)> const& take) {
    auto* const archive = of(archive_.get());
    std::unique_ptr<zip_file_t, CloseFile> const opened(zip_fopen_index(archive, file.index, 0));
    if (!opened) return fault(zip_error_code_zip(zip_get_error(archive)));
    std::vector<std::byte> buffer(at_once);
    for (;;) {
        auto const count = zip_fread(opened.get(), buffer.data(), buffer.size());
        if (count < 0) return fault(zip_error_code_zip(zip_file_get_error(opened.get())));
        if (count == 0) return {};
        auto const taken = take(std::span(buffer).first(static_cast<std::size_t>(count)));
        if (!taken) return taken.error();
    }
}

}  // namespace kula::formats
