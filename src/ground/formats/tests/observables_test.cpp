// Proves: a text's observables are found as people write them, defanged or not, each once and at its place; what only
// looks like one is none.
#include "formats/observables.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "golden_folder.hpp"
#include "observable_defanging.hpp"

namespace kula::formats {
namespace {

std::string told(Observable const& each) {
    return std::string(to_text(each.kind)) + ' ' + each.value + (each.is_host ? " (host)" : "");
}

// `kind value`, one each, with a comma between.
std::string found_in(std::string_view text) {
    std::string out;
    for (auto const& each : find_observables(text).found) {
        if (!out.empty()) out += ", ";
        out += told(each);
    }
    return out;
}

struct Case {
    std::string_view text;
    std::string_view found;
};

void expect(std::initializer_list<Case> cases) {
    for (auto const& each : cases) EXPECT_EQ(found_in(each.text), each.found) << each.text;
}

std::string const md5_text = "d41d8cd98f00b204e9800998ecf8427e";
std::string const sha1_text = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
std::string const sha256_text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Observables, are_found_in_plain_text) {
    expect({{"from 192.0.2.1 to 2001:DB8::0:1.", "address 192.0.2.1, address 2001:db8::1"},
            {"block 198.51.100.77/24 and 2001:db8::1/32", "prefix 198.51.100.0/24, prefix 2001:db8::/32"},
            {"a host 192.0.2.9/32", "address 192.0.2.9"},
            {"Example.ORG, mail.example.com.", "domain example.org, domain mail.example.com"},
            {"see HTTP://Example.com/A?b=c#d", "url http://example.com/A?b=c, domain example.com (host)"},
            {"write to John.Doe+x@Example.com", "email john.doe+x@example.com"},
            {"AS64496, as64497 and ASN 64498; AS 64499", "as AS64496, as AS64497, as AS64498, as AS64499"},
            {"cve-2026-12345 and CVE\u20112026\u20110001", "cve CVE-2026-12345, cve CVE-2026-0001"},
            {"*.example.com", "domain example.com"},
            {"_dmarc.example.com", "domain _dmarc.example.com"}});
    EXPECT_EQ(found_in("MD5:" + md5_text + " SHA1=" + sha1_text), "md5 " + md5_text + ", sha1 " + sha1_text);
    EXPECT_EQ(found_in(sha256_text + " " + sha256_text + sha256_text),
              "sha256 " + sha256_text + ", sha512 " + sha256_text + sha256_text);
}

TEST(Observables, are_understood_when_defanged) {
    expect({{"hxxp://example[.]com/a", "url http://example.com/a, domain example.com (host)"},
            {"hXXps[://]example(dot)com/b[.]php", "url https://example.com/b.php, domain example.com (host)"},
            {"hxxps[:]//example{.}com[:]8443[/]c", "url https://example.com:8443/c, domain example.com (host)"},
            {"h**p://example.com meow://example.org",
             "url http://example.com/, domain example.com (host), url http://example.org/, domain example.org (host)"},
            {"fxp://files.example.com/x", "url ftp://files.example.com/x, domain files.example.com (host)"},
            {"192.0.2[.]1, 192[.]0[.]2[.]2 and 192(.)0(.)2(.)3",
             "address 192.0.2.1, address 192.0.2.2, address 192.0.2.3"},
            {"192.0.2[.]0/24", "prefix 192.0.2.0/24"},
            {"2001:db8[:]:1 2001[:]db8[:][:]2", "address 2001:db8::1, address 2001:db8::2"},
            {"http://[2001:db8[:]:3]:8080/x", "url http://[2001:db8::3]:8080/x, address 2001:db8::3 (host)"},
            {"user[@]example[.]com, user2[at]example[dot]com", "email user@example.com, email user2@example.com"},
            {"user [at] mail [dot] example [dot] com", "email user@mail.example.com"},
            {"mail dot example dot com", "domain mail.example.com"},
            {"example [.] com and example ( dot ) org", "domain example.com, domain example.org"},
            {"example[.com example.]org", "domain example.com, domain example.org"},
            {"example\\.com", "domain example.com"},
            {"пример[точка]мкд", "domain xn--e1afmkfd.xn--d1alf"},
            {"exam\u200Bple.com, exam\u00ADple.org", "domain example.com, domain example.org"},
            {"example\uFF0Ecom example\u2024org", "domain example.com, domain example.org"},
            {"evil[.]zip evil[.]md setup[.]exe", "domain evil.zip, domain evil.md"},
            {"c2[.]zone-that-is-new", "domain c2.zone-that-is-new"},
            {"example[.]com/path", "url example.com/path, domain example.com (host)"},
            {"version 1.2.3[.]4", "address 1.2.3.4"}});
    for (auto const* text : {"example[.]com", "hxxp://example.com/", "example dot com", "exam\u00ADple.com"})
        EXPECT_TRUE(find_observables(text).found.at(0).is_defanged) << text;
    for (auto const* text : {"example.com", "http://example.com/a[.]b", "CVE\u20112026\u20110001"})
        EXPECT_FALSE(find_observables(text).found.at(0).is_defanged) << text;
}

TEST(Observables, leave_names_of_files_alone) {
    for (auto const* text : {"invoice.pdf",
                             "setup.exe",
                             "index.html",
                             "main.cpp",
                             "README.md",
                             "archive.tar.gz",
                             "notes.final.md",
                             "a.zip",
                             "run.py",
                             "install.sh",
                             "libc.so",
                             "Main.java",
                             "main.rs",
                             "rules.mk",
                             "invoice[.]pdf",
                             "report.pdf.exe",
                             "jquery.min.js",
                             "/var/www/example.com",
                             "src/example.org",
                             "C:\\Users\\x\\example.com",
                             "C:\\x\\.ssh\\config"})
        EXPECT_EQ(found_in(text), "") << text;
    expect({{"gov.md www.example.zip mail.gov.py", "domain gov.md, domain www.example.zip, domain mail.gov.py"},
            {"gov.mk akep.al blic.rs", "domain gov.mk, domain akep.al, domain blic.rs"},
            {"http://evil.zip/x.pdf", "url http://evil.zip/x.pdf, domain evil.zip (host)"},
            {"\\\\files.example.com\\share", "domain files.example.com"}});
    EXPECT_EQ(found_in(md5_text + ".exe"), "md5 " + md5_text);
}

TEST(Observables, leave_what_only_looks_alike_alone) {
    for (auto const* text : {"version 1.2.3.4",
                             "v1.2.3.4",
                             "v. 1.2.3.4",
                             "Version: 1.2.3.4",
                             "верзија 1.2.3.4",
                             "versioni 1.2.3.4",
                             "Chrome/120.0.0.0",
                             "1.2.3.4.5",
                             "1.3.6.1.4.1.311",
                             "01.02.2026",
                             "256.1.1.1",
                             "12:30:45",
                             "3.14",
                             "e.g. i.e.",
                             "550e8400-e29b-41d4-a716-446655440000",
                             "std::vector<int>",
                             "a::b dead::beef f64::",
                             "list[::2]",
                             "x[1::2]",
                             "00:11:22:33:44:55",
                             "00:11:22:33:44:55:66:77",
                             "the dot to come",
                             "the dot com bubble",
                             "ASP.NET System.IO",
                             "the attack.In March",
                             "$object.in os.name()",
                             "%2Fexample.com",
                             "as2 and assets",
                             "CVE-2026-12",
                             "CVE-2026",
                             "image@2x.png",
                             "0.0.0.0/0",
                             "10.0.0.0/7",
                             "http://localhost/x",
                             "http://",
                             "://",
                             "@",
                             "a@",
                             "meow: the cat",
                             "applications. [To",
                             "a [.] b",
                             "word(.)x",
                             "…",
                             "",
                             ".",
                             "_",
                             "__",
                             "-"})
        EXPECT_EQ(found_in(text), "") << text;
    EXPECT_EQ(found_in(std::string(32, '0') + " " + std::string(33, 'a') + " 0x" + sha1_text), "");
    EXPECT_EQ(found_in("12345678901234567890123456789012"), "");
    EXPECT_EQ(found_in("AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD"), "");
}

TEST(Observables, end_urls_where_people_end_them) {
    expect(
        {{"(see https://example.com/a), and", "url https://example.com/a, domain example.com (host)"},
         {"[text](https://example.com/a_(b))", "url https://example.com/a_(b), domain example.com (host)"},
         {"[https://example.com/a](https://example.com/a)", "url https://example.com/a, domain example.com (host)"},
         {"<https://example.com/a>.", "url https://example.com/a, domain example.com (host)"},
         {"**https://example.com/a** _https://example.com/b_",
          "url https://example.com/a, domain example.com (host), url https://example.com/b"},
         {"„https://example.com/a“", "url https://example.com/a, domain example.com (host)"},
         {"'https://example.com/a' \"https://example.com/b\"",
          "url https://example.com/a, domain example.com (host), url https://example.com/b"},
         {"1,https://example.com/a,bad", "url https://example.com/a, domain example.com (host)"},
         {"https://example.com/a,https://example.com/b;hxxp://example.com/c",
          "url https://example.com/a, domain example.com (host), url https://example.com/b, url http://example.com/c"},
         {"https://example.com/?ll=41.99,21.43!", "url https://example.com/?ll=41.99,21.43, domain example.com (host)"},
         {"https://example.com/a…", "url https://example.com/a, domain example.com (host)"},
         {"https://example.com/патека", "url https://example.com/патека, domain example.com (host)"},
         {"https://user:x@example.com:443/", "url https://example.com/, domain example.com (host)"},
         {"http://example.com/a[.]b", "url http://example.com/a[.]b, domain example.com (host)"},
         {"http://example.com/x (at) y.example",
          "url http://example.com/x, domain example.com (host), domain y.example"},
         {"http://example.com/go?u=https://example.org/a&b",
          "url http://example.com/go?u=https://example.org/a&b, domain example.com (host), url https://example.org/a, domain example.org (host)"},
         {"example.net/. example.com:8080/x example.org:25",
          "domain example.net, url example.com:8080/x, domain example.com (host), domain example.org"},
         {"192.0.2.1:80/x", "url 192.0.2.1:80/x, address 192.0.2.1 (host)"},
         {"192.0.2.1/192.0.2.2 192.0.2.3/443", "address 192.0.2.1, address 192.0.2.2, address 192.0.2.3"},
         {"192.0.2.1-192.0.2.9, 192.0.2.3–192.0.2.4",
          "address 192.0.2.1, address 192.0.2.9, address 192.0.2.3, address 192.0.2.4"},
         {R"("a\nhttp://example.com/")", "url http://example.com/, domain example.com (host)"},
         {"192.0.2.0/28,192.0.2.16/28: 192.0.2.32/28? 192.0.2.48/28.",
          "prefix 192.0.2.0/28, prefix 192.0.2.16/28, prefix 192.0.2.32/28, prefix 192.0.2.48/28"},
         {"„2001:db8::1“ «192.0.2.0/28» “example dot com”",
          "address 2001:db8::1, prefix 192.0.2.0/28, domain example.com"},
         {"http://example.com", "url http://example.com/, domain example.com (host)"},
         {"[2001:db8::1]:443 fe80::1%eth0 IP:2001:db8::2:",
          "address 2001:db8::1, address fe80::1, address 2001:db8::2"}});
}

TEST(Observables, are_told_once_at_their_first_place) {
    std::string const text = "\u201EHXXP://Example[.]com/\u201C, example.com; a\u00ADb@example.org";
    auto const found = find_observables(text).found;
    ASSERT_EQ(found.size(), 3u);
    auto const stood = [&](Observable const& each) { return text.substr(each.offset, each.size); };
    EXPECT_EQ(stood(found[0]), "HXXP://Example[.]com/");
    EXPECT_EQ(stood(found[1]), "Example[.]com");
    EXPECT_FALSE(found[1].is_host) << "it stands by itself as well";
    EXPECT_EQ(stood(found[2]), "a\u00ADb@example.org");
    EXPECT_EQ(found[2].value, "ab@example.org");
}

TEST(Observables, are_found_again_when_their_values_are_defanged) {
    for (std::string const text :
         {"192.0.2.1", "192.0.2.0/24", "2001:db8::1", "2001:db8::/32", "::ffff:192.0.2.1", "example.com",
          "a.b.example.mk", "https://example.com/a.b?c=d.e", "http://192.0.2.1:8080/x", "http://[2001:db8::1]/",
          "example.com/a", "user@example.com", "AS64496", "CVE-2026-0001", "d41d8cd98f00b204e9800998ecf8427e"}) {
        auto const first = find_observables(text).found.at(0);
        EXPECT_EQ(first.value, text);
        auto const again = find_observables(defanged(first)).found.at(0);
        EXPECT_EQ(told(again), told(first)) << defanged(first);
    }
}

TEST(Observables, keep_to_their_bounds) {
    std::string many;
    for (std::size_t i = 0; i < most_observables; ++i) many += "h" + std::to_string(i) + ".example ";
    EXPECT_FALSE(find_observables(many + "h0.example").is_cut);
    auto const cut = find_observables(many + "other.example");
    EXPECT_TRUE(cut.is_cut);
    EXPECT_EQ(cut.found.size(), most_observables);

    auto const filler = std::string(longest_observed_text - 10, ' ');
    auto const long_one = find_observables("a.example" + filler + "example.com");
    EXPECT_TRUE(long_one.is_cut);
    EXPECT_EQ(long_one.found.size(), 1u) << "no word is told by its beginning";
    EXPECT_EQ(found_in("http://example.com/" + std::string(5000, 'a') + " b.example"),
              "domain example.com (host), domain b.example");
    EXPECT_EQ(found_in(std::string(100'000, 'a') + ".example"), "");
    EXPECT_EQ(found_in(std::string_view("a.example\0b.example\xff\xfe c.example", 31)),
              "domain a.example, domain b.example, domain c.example");
}

// Each would take minutes if its parts were looked at again and again.
TEST(Observables, take_time_linear_in_the_text) {
    for (std::string const piece : {"a",
                                    "a.",
                                    "a:",
                                    ":",
                                    "://",
                                    "a://",
                                    "http://a.bc/ ",
                                    "http://a.bc/",
                                    "a.bc/x ",
                                    "http://a.bc/x [at] b.",
                                    "a+",
                                    "a@",
                                    "1.1.1.1-",
                                    "1.1.1.1/",
                                    "[.]",
                                    "a[.]",
                                    "a dot ",
                                    "[",
                                    "(",
                                    "\u200B",
                                    "я",
                                    "я.",
                                    "\\.",
                                    "a,",
                                    "http://a.bc/,"}) {
        std::string text;
        while (text.size() < 100'000) text += piece;
        auto const begun = std::chrono::steady_clock::now();
        static_cast<void>(find_observables(text));
        EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3)) << piece;
    }
}

// KULA_UPDATE_GOLDEN=1 writes the .out files anew.
TEST(Observables, of_whole_reports_are_as_agreed) {
    auto const folder = testing::golden_folder();
    ASSERT_FALSE(folder.empty()) << "the program does not stand in the project";
    for (auto const* const name : {"phishing_report", "malware_report", "table"}) {
        auto const path = folder / "observables" / name;
        auto const text = testing::read_file(path.string() + ".in");
        ASSERT_FALSE(text.empty()) << name;
        std::string out;
        for (auto const& each : find_observables(text).found) {
            out += told(each) + (each.is_defanged ? " (defanged)" : "") + " <" + text.substr(each.offset, each.size) +
                   ">\n";
        }
        if (std::getenv("KULA_UPDATE_GOLDEN") != nullptr)
            std::ofstream(path.string() + ".out", std::ios::binary) << out;
        EXPECT_EQ(out, testing::read_file(path.string() + ".out")) << name;
    }
}

}  // namespace
}  // namespace kula::formats
