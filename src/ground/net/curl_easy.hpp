#pragma once
// libcurl, started once, and its handles, owned.

#include <curl/curl.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/address.hpp"
#include "base/must.hpp"

namespace kula::net {

struct EasyEnd {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListEnd {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct UrlEnd {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Easy = std::unique_ptr<CURL, EasyEnd>;
using List = std::unique_ptr<curl_slist, ListEnd>;
using Url = std::unique_ptr<CURLU, UrlEnd>;

inline void start_libcurl() {
    static std::once_flag once;
    std::call_once(once, [] { base::must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl starts"); });
}

inline std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
    std::string found(text);
    curl_free(text);
    return found;
}

/// `localhost`, 127.0.0.0/8 and ::1, in brackets or without.
bool is_loopback(std::string host);

/// Where a connection may lead.
struct AllowedPeers {
    std::function<bool(base::Address)> const& may_reach;
    bool was_refused = false;
};
/// For CURLOPT_OPENSOCKETFUNCTION, with `AllowedPeers` as its data.
curl_socket_t open_allowed_socket(void* peers_here, curlsocktype, curl_sockaddr* peer);

template <class Value>
void set(Easy const& easy, CURLoption option, Value value) {
    base::must(curl_easy_setopt(easy.get(), option, value) == CURLE_OK, "libcurl knows the option");
}

/// TLS 1.2 at least, with a certificate of this name that one of the authorities (PEM; empty: the system's) vouches
/// for.
inline void verify_peer(Easy const& easy, std::filesystem::path const& authorities) {
    set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (authorities.empty()) return;
    set(easy, CURLOPT_CAINFO, authorities.c_str());
    set(easy, CURLOPT_CAPATH, static_cast<char const*>(nullptr));
}

}  // namespace kula::net
