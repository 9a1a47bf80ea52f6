#include "net/static_files.hpp"

#include <algorithm>
#include <array>

#include "base/must.hpp"
#include "gzip.hpp"
#include "net/problem.hpp"
#include "text.hpp"

namespace kula::net {
namespace {

struct Type {
    std::string_view ending;
    std::string_view content_type;
};

constexpr std::array types{
    Type{".html", "text/html; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".mjs", "text/javascript; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".map", "application/json"},
    Type{".webmanifest", "application/manifest+json"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".jpg", "image/jpeg"},
    Type{".ico", "image/x-icon"},
    Type{".webp", "image/webp"},
    Type{".woff2", "font/woff2"},
    Type{".woff", "font/woff"},
    Type{".wasm", "application/wasm"},
    Type{".txt", "text/plain; charset=utf-8"},
};

bool ends_with(std::string_view text, std::string_view ending) {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

bool is_page(std::string_view path) {
    auto const slash = path.rfind('/');
    auto const name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return name.find('.') == std::string_view::npos;
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
    for (auto const& type : types) {
        if (ends_with(path, type.ending)) return type.content_type;
    }
    return "application/octet-stream";
}

StaticFiles::StaticFiles(std::vector<Asset> assets, StaticOptions options)
    : assets_(std::move(assets)), options_(std::move(options)) {
    std::sort(assets_.begin(), assets_.end(), [](Asset const& a, Asset const& b) { return a.path < b.path; });
}

Asset const* StaticFiles::find(std::string_view path) const {
    auto const found =
        std::lower_bound(assets_.begin(), assets_.end(), path,
                         [](Asset const& asset, std::string_view wanted) { return asset.path < wanted; });
    return found != assets_.end() && found->path == path ? &*found : nullptr;
}

Response StaticFiles::answer(Request const& request, std::string_view path) const {
    auto const* asset = find(path);
    if (asset == nullptr && is_page(path)) asset = find(options_.index);
    if (asset == nullptr) return to_response(Problem{Status::not_found, "there is no such file"});

    Response response;
    auto& headers = response.headers;
    headers.set("Content-Type", std::string(content_type_of(asset->path)));
    bool const immutable = !options_.immutable_folder.empty() &&
                           asset->path.substr(0, options_.immutable_folder.size()) == options_.immutable_folder;
    headers.set("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (!options_.content_security_policy.empty()) {
        headers.set("Content-Security-Policy", options_.content_security_policy);
    }
    bool const compressed = !asset->gzip.empty() && accepts_gzip(request.headers);
    if (!asset->gzip.empty()) headers.set("Vary", "Accept-Encoding");
    if (compressed) headers.set("Content-Encoding", "gzip");
    // A strong validator is of these very bytes (RFC 9110 §8.8.3.3), so each encoding has its own.
    headers.set("ETag", '"' + std::string(asset->digest) + (compressed ? "-gz\"" : "\""));
    response.body = SharedBytes{compressed ? asset->gzip : asset->bytes};
    return response;
}

void mount(Router& router, std::string const& prefix, StaticFiles const& files) {
    base::must(prefix.size() > 1 && prefix.front() == '/' && prefix.back() != '/',
               "a prefix is a path without its last slash");
    router.add(Method::get, prefix, [location = prefix + '/'](Request const&) { return redirect(location); });
    router.add(Method::get, prefix + "/{file...}",
               [&files](Request const& request) { return files.answer(request, request.parameter("file")); });
}

}  // namespace kula::net
