#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/cut_mark.h"
#include "base/token_shape.h"
#include "base/utf8.h"

namespace conform {
namespace {

constexpr std::size_t kWindow = 160;  // characters of a line that are shown
constexpr std::size_t kLead = 60;     // of them before the span
constexpr std::size_t kMaxMessage = 1000;

/// Which characters of a line are shown and which of them are blamed; 0-based, ends exclusive.
struct Window {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t blamed_first = 0;
  std::size_t blamed_last = 0;
};

Window ChooseWindow(std::size_t characters, const Span& span) {
  Window window;
  // A span may lie just behind the line, where something is missing.
  window.blamed_first =
      std::min<std::size_t>(static_cast<std::size_t>(std::max(span.column, 1)) - 1, characters);
  window.blamed_last = window.blamed_first + static_cast<std::size_t>(std::max(span.length, 1));
  if (characters > kWindow) {
    const std::size_t wanted = window.blamed_first - std::min(window.blamed_first, kLead);
    window.first = std::min(wanted, characters - kWindow);
  }
  window.last = std::min(characters, window.first + kWindow);
  window.blamed_last = std::min(window.blamed_last, std::max(window.last, window.blamed_first + 1));
  return window;
}

struct Shown {
  std::string text;
  std::size_t width = 0;
};

Shown ShowCharacter(const Character& character, std::string_view bytes) {
  if (bytes == "\t") return {" ", 1};
  std::string text = ShowLine(bytes);
  const std::size_t width = text == bytes ? TerminalWidth(character.value) : text.size();
  return {std::move(text), width};
}

std::string_view NameOf(Diagnostic::Kind kind) {
  return kind == Diagnostic::Kind::kError ? "error" : "warning";
}

Diagnostic Make(Diagnostic::Kind kind, const SourceText& source, const Span& span,
                std::string message, std::string advice) {
  Diagnostic diagnostic{kind, source.path(), span, std::move(message), "", std::move(advice)};
  const std::string_view line = source.Line(span.line);
  if (line.size() <= kMaxExcerptBytes) diagnostic.excerpt = line;
  // A file that holds a token is wrong, and showing its line must not spread it. The length stays,
  // so that the caret stays in its place.
  for (const TokenShape& shape : FindTokenShapes(diagnostic.excerpt)) {
    diagnostic.excerpt.replace(shape.begin, shape.length, shape.length, '*');
  }
  return diagnostic;
}

}  // namespace

std::string RenderExcerpt(std::string_view line_text, const Span& span) {
  const Window window = ChooseWindow(CountCharacters(line_text), span);
  std::string line = window.first > 0 ? "…" : "";
  std::string carets(window.first > 0 ? 1 : 0, ' ');
  std::size_t place = 0;
  for (std::size_t at = 0; at < line_text.size() && place < window.last; ++place) {
    const Character character = FirstCharacter(line_text.substr(at));
    if (place >= window.first) {
      const Shown shown = ShowCharacter(character, line_text.substr(at, character.bytes));
      line += shown.text;
      if (place < window.blamed_last) {
        carets.append(shown.width, place < window.blamed_first ? ' ' : '^');
      }
    }
    at += character.bytes;
  }
  if (!carets.ends_with('^')) carets += '^';
  if (place < CountCharacters(line_text)) line += kCutMark;
  const std::string number = std::to_string(span.line);
  return fmt::format(" {} | {}\n {:{}} | {}\n", number, line, "", number.size(), carets);
}

std::string Render(const Diagnostic& diagnostic) {
  std::string text = ShowLine(diagnostic.path, kMaxMessage);
  if (diagnostic.span.line > 0) {
    text += fmt::format(":{}:{}", diagnostic.span.line, diagnostic.span.column);
  }
  text +=
      fmt::format(": {}: {}\n", NameOf(diagnostic.kind), ShowLine(diagnostic.message, kMaxMessage));
  if (diagnostic.span.line > 0 && !diagnostic.excerpt.empty()) {
    text += RenderExcerpt(diagnostic.excerpt, diagnostic.span);
  }
  if (!diagnostic.advice.empty()) {
    text += fmt::format("      {}\n", ShowLine(diagnostic.advice, kMaxMessage));
  }
  return text;
}

bool Diagnostics::IsTold(const Diagnostic& diagnostic) const {
  const auto text = [](const Diagnostic& each) {
    return std::tie(each.span.line, each.span.column, each.message, each.advice);
  };
  const std::size_t shown = std::min(of_last_path_, kMaxDiagnosticsShown + 1);
  return std::any_of(items_.rbegin(), items_.rbegin() + static_cast<std::ptrdiff_t>(shown),
                     [&](const Diagnostic& each) { return text(each) == text(diagnostic); });
}

void Diagnostics::Keep(Diagnostic diagnostic) {
  const bool same_path = !items_.empty() && items_.back().path == diagnostic.path;
  if (same_path && IsTold(diagnostic)) return;
  if (diagnostic.kind == Diagnostic::Kind::kError) ++errors_;
  of_last_path_ = same_path ? of_last_path_ + 1 : 1;
  if (of_last_path_ == kMaxDiagnosticsShown + 1) {
    items_.push_back({diagnostic.kind,
                      std::move(diagnostic.path),
                      {},
                      fmt::format("has over {} mistakes", kMaxDiagnosticsShown),
                      "",
                      "mend these first; the others are not shown"});
  } else if (of_last_path_ <= kMaxDiagnosticsShown) {
    items_.push_back(std::move(diagnostic));
  }
}

void Diagnostics::Add(const SourceText& source, const Span& span, std::string message,
                      std::string advice) {
  Keep(Make(Diagnostic::Kind::kError, source, span, std::move(message), std::move(advice)));
}

void Diagnostics::Warn(const SourceText& source, const Span& span, std::string message,
                       std::string advice) {
  Keep(Make(Diagnostic::Kind::kWarning, source, span, std::move(message), std::move(advice)));
}

void Diagnostics::AddFile(std::string path, std::string message, std::string advice) {
  Keep({Diagnostic::Kind::kError, std::move(path), {}, std::move(message), "", std::move(advice)});
}

void Diagnostics::Append(Diagnostics other) {
  // What was counted and not kept, too.
  errors_ += other.errors_;
  for (Diagnostic& each : other.items_) {
    if (each.kind == Diagnostic::Kind::kError) --errors_;
    Keep(std::move(each));
  }
}

std::vector<Diagnostic> Diagnostics::Sorted() const {
  std::vector<Diagnostic> sorted = items_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.path, a.span.line, a.span.column) <
           std::tie(b.path, b.span.line, b.span.column);
  });
  return sorted;
}

std::string Diagnostics::RenderAll() const {
  std::string text;
  for (const Diagnostic& diagnostic : Sorted()) text += Render(diagnostic);
  return text;
}

}  // namespace conform
