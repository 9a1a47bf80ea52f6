#include "name_ending.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "base/ascii.hpp"
#include "shipped_data.hpp"

namespace kula::formats {
namespace {

using Labels = std::unordered_set<std::string>;

// Reserved for uses of their own: RFC 6761 (with RFC 2606), RFC 6762, RFC 7686, RFC 9476, ICANN 2024.07.29.
constexpr std::array special_use{"example", "test", "invalid", "localhost", "local", "onion", "alt", "internal"};

// Of files, and of no domain.
constexpr std::array file_endings{
    "7z",   "apk",    "asc", "asp",  "aspx",  "avi",    "bak", "bash",  "bat",  "bin",  "bmp",   "bz2",   "cer",
    "cfg",  "class",  "cmd", "conf", "cpp",   "crt",    "css", "csv",   "cur",  "dat",  "db",    "deb",   "der",
    "dll",  "dmg",    "dmp", "doc",  "docm",  "docx",   "drv", "dylib", "eml",  "env",  "eps",   "evtx",  "exe",
    "gif",  "git",    "gpg", "gz",   "hpp",   "hta",    "htm", "html",  "hwp",  "ico",  "ics",   "img",   "ini",
    "ipa",  "ipynb",  "iso", "jar",  "jpeg",  "jpg",    "js",  "jse",   "json", "jsp",  "key",   "kt",    "lnk",
    "lock", "log",    "lua", "mem",  "mht",   "mp3",    "mp4", "msg",   "msi",  "msix", "nse",   "ocx",   "odt",
    "ods",  "p12",    "p7m", "p7s",  "pcap",  "pcapng", "pdf", "pem",   "pfx",  "php",  "pkg",   "plist", "png",
    "ppt",  "pptx",   "ps1", "psd1", "psm1",  "rar",    "rb",  "reg",   "rpm",  "rtf",  "rules", "scr",   "sig",
    "sql",  "sqlite", "svg", "swf",  "swift", "sys",    "tar", "tgz",   "tif",  "tiff", "tmp",   "toml",  "ts",
    "tsx",  "ttf",    "txt", "vb",   "vbe",   "vbs",    "vhd", "vhdx",  "vmdk", "war",  "wav",   "webp",  "wim",
    "woff", "wsf",    "xls", "xlsb", "xlsm",  "xlsx",   "xml", "xz",    "yaml", "yar",  "yara",  "yml",   "zst",
};

// Of files, and top-level domains. Others that are both (`com`, `rs`, `pl`, `mk`, `app`, `ai`) are of domains far more
// often.
constexpr std::array endings_of_both{"cab", "java", "map", "md", "mov", "one", "pm", "properties",
                                     "ps",  "pub",  "py",  "sh", "so",  "tf",  "zip"};

constexpr std::array spoken_endings{"com", "net", "org", "info", "biz",    "edu",  "gov",    "mil", "int",
                                    "io",  "eu",  "mk",  "al",   "rs",     "ba",   "hr",     "bg",  "gr",
                                    "tr",  "uk",  "de",  "fr",   "ru",     "cn",   "ch",     "nl",  "pl",
                                    "xyz", "top", "dev", "app",  "online", "site", "example"};

constexpr std::array registry_labels{"ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org"};

constexpr std::array names_of_programs{"ADO.NET", "ASP.NET", "VB.NET", "System.IO", "System.Net", "build.rs",
                                       "lib.rs",  "main.rs", "mod.rs", "common.mk", "config.mk",  "rules.mk"};

template <std::size_t size>
bool is_among(std::array<char const*, size> const& words, std::string_view word) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view each) { return each == word; });
}

Labels top_level_domains() {
    Labels out(special_use.begin(), special_use.end());
    auto rest = shipped_data("top_level_domains.txt");
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const line = base::trimmed(rest.substr(0, end));
        if (!line.empty() && line.front() != '#') out.insert(base::lower_case(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

Labels const& domains() {
    static Labels const labels = top_level_domains();
    return labels;
}

Labels const& files() {
    static Labels const labels(file_endings.begin(), file_endings.end());
    return labels;
}

}  // namespace

NameEnding name_ending(std::string_view label) {
    if (is_among(endings_of_both, label)) return NameEnding::either;
    std::string const text(label);
    if (domains().count(text) > 0) return NameEnding::domain;
    return files().count(text) > 0 ? NameEnding::file : NameEnding::unknown;
}

bool is_spoken_ending(std::string_view label) { return is_among(spoken_endings, base::lower_case(label)); }

bool is_registry_label(std::string_view label) { return is_among(registry_labels, label); }

bool is_name_of_programs(std::string_view word) { return is_among(names_of_programs, word); }

}  // namespace kula::formats
