#pragma once
/// @file
/// Files that are compiled into the program, such as the desk, served from memory.

#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"
#include "net/router.hpp"

namespace kula::net {

/// One file. All views live as long as the program.
struct Asset {
    std::string_view path;  ///< Relative, with slashes: `assets/index-B1x2.js`.
    std::string_view bytes;
    std::string_view gzip;    ///< The same, compressed (RFC 1952); empty where that does not pay.
    std::string_view digest;  ///< Of `bytes`, as text without quotes; the strong `ETag`.
};

/// How long a browser may keep a file without asking again.
enum class Caching { ask_again, immutable };

struct StaticOptions {
    std::string index = "index.html";          ///< What an empty path is, and, for pages of the application, any path
                                               ///< whose last segment has no dot: the desk routes those itself.
    std::string immutable_folder = "assets/";  ///< Files in it have a hash in their names: cached for a year.
    std::string content_security_policy{};     ///< In place of the server's; empty keeps that.
};

/// `text/html; charset=utf-8`, … by the name's ending; `application/octet-stream` for the unknown.
std::string_view content_type_of(std::string_view path);

class StaticFiles {
public:
    explicit StaticFiles(std::vector<Asset> assets, StaticOptions options = {});

    /// 404 as problem+json for what is neither a file nor a page of the application.
    [[nodiscard]] Response answer(Request const& request, std::string_view path) const;

private:
    [[nodiscard]] Asset const* find(std::string_view path) const;

    std::vector<Asset> assets_;  ///< Sorted by path.
    StaticOptions options_;
};

/// `GET prefix/` and below answer from `files`; `prefix` alone redirects to `prefix/`. `files` must outlive the router.
void mount(Router& router, std::string const& prefix, StaticFiles const& files);

}  // namespace kula::net
