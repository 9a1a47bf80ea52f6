#pragma once
// GMime's objects, owned.

#include <gmime/gmime.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace kula::formats {

struct FreeGmime {
    void operator()(void* object) const { g_object_unref(object); }
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
    void operator()(char* text) const { g_free(text); }
};
template <class Object>
using Gmime = std::unique_ptr<Object, FreeGmime>;

/// Before anything else of GMime.
inline void start_gmime() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

inline std::string taken(char* text) {
    Gmime<char> const owned(text);
    return text == nullptr ? std::string() : std::string(text);
}

inline Gmime<GMimeStream> stream_over(std::string_view bytes) {
    return Gmime<GMimeStream>(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
}

}  // namespace kula::formats
