#include "portal/portal.hpp"

#include <array>
#include <functional>
#include <mutex>
#include <utility>

#include "answer_page.hpp"
#include "confirm_page.hpp"
#include "description.hpp"
#include "net/negotiation.hpp"
#include "net/problem.hpp"
#include "page.hpp"
#include "seals/digest.hpp"
#include "security_txt.hpp"
#include "shipped_data.hpp"
#include "site_files.hpp"

namespace kula::portal {
namespace {

using net::Request;
using net::Response;

constexpr std::string_view html = "text/html; charset=utf-8";
constexpr std::string_view plain = "text/plain; charset=utf-8";
/// Nothing from elsewhere, no script, no frame; `forms` is where forms may go to.
std::string policy(std::string_view forms = "'none'") {
    return "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action " +
           std::string(forms);
}
constexpr std::string_view for_minutes = "public, max-age=300";
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::size_t most_form_bytes = 16 * 1024;
constexpr auto figures_hold = std::chrono::minutes(10);
constexpr auto signing_rests = std::chrono::minutes(10);  ///< Where it failed.

std::string short_digest(std::string_view bytes) { return seals::hex(seals::sha256(bytes)).substr(0, 24); }

/// A weak tag: the same page, compressed on the way or not.
Response cached(std::string_view type, std::string body, std::string_view caching = for_minutes,
                net::Status status = net::Status::ok) {
    auto const tag = "W/\"" + short_digest(body) + '"';
    auto response = net::content(type, std::move(body), status);
    auto& headers = response.headers;
    headers.set("Cache-Control", std::string(caching));
    headers.set("Content-Security-Policy", policy());
    headers.set("Vary", "Accept-Encoding");
    if (status == net::Status::ok) headers.set("ETag", tag);
    return response;
}

/// For one reader only, and of this moment.
Response in_private(std::string body, net::Status status) {
    auto response = net::content(html, std::move(body), status);
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Content-Security-Policy", policy("'self'"));
    // Without it a browser does not say that the form comes from here. Others are told nothing.
    response.headers.set("Referrer-Policy", "same-origin");
    return response;
}

Response redirect_to(std::string path) {
    auto response = net::redirect(std::move(path));
    response.headers.set("Cache-Control", std::string(for_minutes));
    response.headers.set("Vary", "Accept-Language");
    return response;
}

bool is_below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace

struct Portal::State {
    State(Rooms its_rooms, Edition its_edition, Sign its_sign)
        : rooms(its_rooms),
          edition(its_edition),
          sign(std::move(its_sign)),
          style(style_sheet()),
          style_path(style_path_of(style)) {}

    static std::string style_path_of(std::string const& style) { return "/portal/" + short_digest(style) + ".css"; }

    [[nodiscard]] Words const& words_in(base::Language language) const {
        return words[static_cast<std::size_t>(language)];
    }
    [[nodiscard]] std::string origin(registry::Team const& team, Request const& request) const {
        if (!team.content.portal.empty()) return team.content.portal;
        return std::string(net::to_text(request.scheme)) + "://" + request.authority;
    }
    [[nodiscard]] Visit visit(registry::Team const& team, base::Language language, Request const& request) const {
        return {words_in(language), team, origin(team, request), edition, style_path};
    }
    [[nodiscard]] base::Language preferred(registry::Team const& team, Request const& request) const {
        if (auto const asked = net::preferred_language(request.header("Accept-Language").value_or(""))) return *asked;
        for (auto const& spoken : team.content.languages) {
            if (auto const language = base::parse_language(spoken)) return *language;
        }
        return base::Language::mk;
    }
    /// Reckoned anew every ten minutes at most, so that visitors cannot keep the store busy.
    [[nodiscard]] std::optional<PublicFigures> figures() const {
        std::lock_guard const lock(figures_mutex);
        auto const now = rooms.clock.now();
        bool const is_fresh = kept_figures && now - figures_at < figures_hold &&
                              kept_figures->window.to == public_window(now).to && now >= figures_at;
        if (is_fresh) return kept_figures;
        auto made = public_figures(rooms.registry, rooms.sightings, now);
        if (!made) return std::nullopt;
        kept_figures = std::move(*made);
        figures_at = now;
        return kept_figures;
    }
    [[nodiscard]] Response statistics(Visit const& visit) const {
        bool const is_withheld = visit.content().figures == registry::PublicFigures::withheld;
        std::optional<PublicFigures> shown;
        if (!is_withheld) shown = figures();
        auto const page = statistics_page(visit, shown);
        bool const has_failed = !is_withheld && !shown;
        return cached(html, framed(page, visit), has_failed ? "no-store" : for_minutes,
                      has_failed ? net::Status::service_unavailable : net::Status::ok);
    }
    /// Signed once for each text, so that visitors cannot keep GnuPG busy; who asks while it signs waits for nothing.
    [[nodiscard]] std::optional<std::string> security() const {
        auto const now = rooms.clock.now();
        auto text = security_txt(rooms.registry.team()->content, now);
        if (!text || !sign) return text;
        std::unique_lock lock(security_mutex);
        bool const is_fresh = kept_security.of == *text && (!kept_security.has_failed || now < kept_security.again_at);
        if (is_fresh) return kept_security.told;
        if (std::exchange(is_signing, true)) return text;
        lock.unlock();
        auto made = sign(*text);
        lock.lock();
        is_signing = false;
        kept_security = {*text, made ? std::move(*made) : *text, !made, now + signing_rests};
        return kept_security.told;
    }
    [[nodiscard]] Response answer(base::Language language, Request const& request) const {
        auto const path = "/answer/" + std::string(request.parameter("token"));
        auto const team = rooms.registry.team();
        auto const visited = visit(*team, language, request);
        auto const told = [&](AnswerNote note, net::Status status) {
            auto const asked = rooms.answers->open(request.parameter("token"));
            if (!asked) return no_link(visited, path, asked.error());
            return in_private(framed(answer_page(visited, *asked, path, note), visited), status);
        };
        if (request.method != net::Method::post)
            return told(request.query_value("thanks") ? AnswerNote::thanks : AnswerNote::none, net::Status::ok);
        auto const form = answer_form(request);
        bool const names_none = form && form->has_choices && form->findings.empty();
        if (!form || !form->answer || names_none)
            return told(AnswerNote::not_understood, net::Status::unprocessable_content);
        auto const done =
            rooms.answers->answer(request.parameter("token"), form->findings, {*form->answer, form->reason});
        if (done) return net::see_other(visited.path(path) + "?thanks");
        bool const lacks_reason = done.error().fault == base::Fault::invalid && form->reason.empty();
        return told(lacks_reason ? AnswerNote::reason_needed : AnswerNote::not_understood,
                    net::Status::unprocessable_content);
    }
    [[nodiscard]] Response confirm(base::Language language, Request const& request) const {
        auto const token = request.parameter("token");
        auto const path = "/confirm/" + std::string(token);
        auto const team = rooms.registry.team();
        auto const visited = visit(*team, language, request);
        auto const told = [&](ConfirmNote note, net::Status status) {
            auto const asked = rooms.contact_links->open(token);
            if (!asked) return no_link(visited, path, asked.error());
            auto const shown = note == ConfirmNote::thanks && !asked->is_settled ? ConfirmNote::none : note;
            return in_private(framed(confirm_page(visited, *asked, path, shown, rooms.clock.now()), visited), status);
        };
        if (request.method != net::Method::post)
            return told(request.query_value("thanks") ? ConfirmNote::thanks : ConfirmNote::none, net::Status::ok);
        auto const done = rooms.contact_links->confirm(token);
        if (done) return net::see_other(visited.path(path) + "?thanks");
        if (done.error().fault != base::Fault::conflict) return no_link(visited, path, done.error());
        return told(ConfirmNote::not_done, net::Status::conflict);
    }
    /// Of a link that opens nothing.
    [[nodiscard]] static Response no_link(Visit const& visited, std::string_view path, base::Error const& why) {
        return in_private(framed(no_answer_page(visited, path), visited), why.fault == base::Fault::not_found
                                                                              ? net::Status::not_found
                                                                              : net::Status::service_unavailable);
    }
    [[nodiscard]] Response missing(Request const& request) const {
        if (is_below(request.path, "/api") || is_below(request.path, "/desk"))
            return net::to_response(net::Problem{net::Status::not_found, "there is nothing at this address"});
        auto const team = rooms.registry.team();
        auto language = preferred(*team, request);
        for (auto const known : base::languages) {
            if (is_below(request.path, "/" + std::string(base::to_text(known)))) language = known;
        }
        auto const visited = visit(*team, language, request);
        auto response =
            cached(html, framed(missing_page(visited), visited), "public, max-age=60", net::Status::not_found);
        response.headers.set("Vary", "Accept-Encoding, Accept-Language");
        return response;
    }

    Rooms const rooms;
    Edition const edition;
    Sign const sign;
    std::array<Words, base::languages.size()> const words{Words(base::Language::mk), Words(base::Language::sq),
                                                          Words(base::Language::en)};
    std::string const style;
    std::string const style_path;
    struct Security {
        std::string of, told;
        bool has_failed = false;
        base::Instant again_at{};  ///< Where it failed: not tried before.
    };
    mutable std::mutex security_mutex{};
    mutable Security kept_security{};
    mutable bool is_signing = false;
    mutable std::mutex figures_mutex{};
    mutable std::optional<PublicFigures> kept_figures{};
    mutable base::Instant figures_at{};
};

Portal::Portal(Rooms rooms, Edition edition, Sign sign)
    : state_(std::make_unique<State>(rooms, edition, std::move(sign))) {}
Portal::~Portal() = default;

void Portal::add_routes(net::Router& router) const {
    using Made = Page (*)(Visit const&);
    auto const& state = *state_;
    auto const get = [&router](std::string const& path, net::Handler handler) {
        router.add(net::Method::get, path, std::move(handler));
    };
    for (auto const language : base::languages) {
        auto const root = "/" + std::string(base::to_text(language));
        get(root, [root](Request const&) { return net::redirect(root + '/'); });
        for (auto const& [path, made] :
             {std::pair<char const*, Made>{"/", start_page}, {"/contact", contact_page}, {"/about", about_page}}) {
            get(root + path, [&state, language, made = made](Request const& request) {
                auto const team = state.rooms.registry.team();
                auto const visit = state.visit(*team, language, request);
                return cached(html, framed(made(visit), visit));
            });
        }
        get(root + "/statistics", [&state, language](Request const& request) {
            auto const team = state.rooms.registry.team();
            return state.statistics(state.visit(*team, language, request));
        });
        if (state.rooms.answers != nullptr) {
            auto const answered = [&state, language](Request const& request) {
                return state.answer(language, request);
            };
            get(root + "/answer/{token}", answered);
            router.add(net::Method::post, root + "/answer/{token}", answered, {most_form_bytes});
        }
        if (state.rooms.contact_links != nullptr) {
            auto const confirmed = [&state, language](Request const& request) {
                return state.confirm(language, request);
            };
            get(root + "/confirm/{token}", confirmed);
            router.add(net::Method::post, root + "/confirm/{token}", confirmed, {most_form_bytes});
        }
        get(root + "/rfc2350.txt", [&state, language](Request const& request) {
            auto const team = state.rooms.registry.team();
            if (team->version == 0) return state.missing(request);
            auto const& words = state.words_in(language);
            return cached(plain, plain_description(*team, words, state.origin(*team, request)));
        });
    }
    get("/", [&state](Request const& request) {
        auto const language = state.preferred(*state.rooms.registry.team(), request);
        return redirect_to("/" + std::string(base::to_text(language)) + '/');
    });
    get("/pgp-key.asc", [&state](Request const& request) {
        auto const team = state.rooms.registry.team();
        if (team->content.pgp_key.empty()) return state.missing(request);
        return cached("application/pgp-keys", team->content.pgp_key + '\n');
    });
    get("/.well-known/security.txt", [&state](Request const& request) {
        auto text = state.security();
        return text ? cached(plain, std::move(*text)) : state.missing(request);
    });
    get("/robots.txt", [&state](Request const& request) {
        return cached(plain, robots_txt(state.edition, state.origin(*state.rooms.registry.team(), request)));
    });
    get("/sitemap.xml", [&state](Request const& request) {
        auto const team = state.rooms.registry.team();
        return cached("application/xml", sitemap(*team, state.origin(*team, request)));
    });
    get("/favicon.svg", [](Request const&) {
        return cached("image/svg+xml", std::string(shipped_data("../web/public/kula.svg")), "public, max-age=86400");
    });
    get("/favicon.ico", [](Request const&) { return net::redirect("/favicon.svg"); });
    get(state.style_path,
        [&state](Request const&) { return cached("text/css; charset=utf-8", state.style, for_ever); });
    router.otherwise([&state](Request const& request) { return state.missing(request); });
}

}  // namespace kula::portal
