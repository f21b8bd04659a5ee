#include "bundle/bundle_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include "base/date.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "bundle/bundle.h"
#include "bundle/dsse.h"
#include "bundle/zip_form.h"
#include "bundle/zip_reader.h"
#include "bundle/zip_writer.h"

namespace conform {
namespace {

using State = BundleVerdict::State;

std::string_view DescribeMock(const Statement& statement) {
  if (!statement.mock) return "";
  return statement.target == kEmbeddedMock
             ? " (a mock: it proves nothing of the service)"
             : " (on the machine of the run: it proves nothing of a service elsewhere)";
}

/// `conforms (1 of 2 tests failed, each as in the baseline)`.
std::string DescribeOutcome(const Statement& statement) {
  std::vector<std::string> notes;
  if (statement.failed > 0 && statement.reasons.empty())
    notes.push_back(fmt::format("{} failed", statement.failed));
  for (const std::string& reason : statement.reasons) notes.push_back(ShowLine(reason));
  const std::string meaning = ShowLine(statement.meaning);
  return notes.empty() ? meaning : fmt::format("{} ({})", meaning, fmt::join(notes, "; "));
}

/// `; read by the run and not in it, but by its SHA-256: inputs/a.har (9f86d0…)`.
std::string DescribeLeftOut(const Statement& statement) {
  std::vector<std::string> files;
  for (const Subject& each : statement.left_out) {
    files.push_back(fmt::format("{} ({})", ShowLine(each.path), ShowLine(each.sha256)));
  }
  if (files.empty()) return "";
  return fmt::format("; read by the run and not in it, but by its SHA-256: {}",
                     fmt::join(files, ", "));
}

class Checker {
 public:
  Checker(const ZipContents& contents, const BundleTrust& trust) : trust_(trust) {
    for (const ZipMember& member : contents.members) AddMember(member);
  }

  BundleVerdict Check(std::string_view archive, const ZipContents& contents);

 private:
  void AddMember(const ZipMember& member);
  void Blame(std::string_view name, std::string_view what) {
    breaches_.push_back(fmt::format("{}: {}", ShowLine(name), what));
  }
  /// Null where there is no such member, or one that is not intact.
  const ZipMember* FindIntact(std::string_view name) const;
  void FindEnvelope();
  /// Whether the statement is what was signed, or nobody is to say so.
  bool CheckSignature();
  void FindStatement();
  void CheckTimeStamp();
  void CheckSubjects();
  std::string Summary() const;

  const BundleTrust& trust_;
  std::map<std::string_view, const ZipMember*> members_;
  std::vector<std::string> breaches_;
  std::optional<Envelope> envelope_;
  std::optional<Statement> statement_;
  std::optional<TimeStamp> stamp_;
};

void Checker::AddMember(const ZipMember& member) {
  if (!members_.emplace(member.name, &member).second) Blame(member.name, "stands twice");
  if (!member.intact) Blame(member.name, "altered (its checksum differs)");
  const std::string unsafe = DescribeUnsafeName(member.name);
  if (!unsafe.empty()) Blame(member.name, "added, under a name that " + unsafe);
}

const ZipMember* Checker::FindIntact(std::string_view name) const {
  const auto found = members_.find(name);
  return found == members_.end() || !found->second->intact ? nullptr : found->second;
}

void Checker::FindEnvelope() {
  const ZipMember* member = FindIntact(kStatementName);
  if (member == nullptr) {
    if (!members_.contains(kStatementName)) Blame(kStatementName, "removed");
    return;
  }
  auto envelope = ReadEnvelope(member->bytes);
  if (!envelope) {
    Blame(kStatementName, "altered: " + envelope.error().message);
    return;
  }
  if (RenderEnvelope(*envelope) != member->bytes || envelope->payload_type != kPayloadType) {
    Blame(kStatementName, "altered, outside of what is signed");
  }
  envelope_ = *std::move(envelope);
}

bool Checker::CheckSignature() {
  const auto& signatures = envelope_->signatures;
  if (signatures.size() > 1) Blame(kStatementName, "altered: more than one signature");
  if (trust_.key == nullptr) return true;
  if (signatures.empty()) {
    Blame(kStatementName, "not signed: whoever made it is unknown");
    return false;
  }
  const std::string signed_bytes =
      PreAuthenticationEncoding(envelope_->payload_type, envelope_->payload);
  const std::string& signature = signatures.front().signature;
  const bool holds = trust_.key->Verify(signed_bytes, signature);
  const bool named = signatures.front().key_id == trust_.key->id();
  if (!named && !holds) {
    Blame(kStatementName, fmt::format("wrong key: signed by key {}, the key given is {}",
                                      ShowLine(signatures.front().key_id), trust_.key->id()));
  } else if (!holds && trust_.key->VerifyInAnyForm(signed_bytes, signature)) {
    Blame(kStatementName,
          "altered: the key signed it, but the signature has a form that conform does not write; "
          "where the bundle is one of an older conform, make it again");
  } else if (!holds) {
    Blame(kStatementName, "altered: it is not what the key signed");
  } else if (!named) {
    Blame(kStatementName, "altered: it names another key than the one that signed it");
  }
  return holds;
}

void Checker::FindStatement() {
  auto statement = ReadStatement(envelope_->payload);
  if (statement) {
    statement_ = *std::move(statement);
  } else {
    Blame(kStatementName, "altered: " + statement.error().message);
  }
}

void Checker::CheckTimeStamp() {
  const ZipMember* member = FindIntact(kTimeStampName);
  const bool wanted = statement_->time_stamped;
  if (member == nullptr) {
    const bool there = members_.contains(kTimeStampName);
    if (wanted && !there) Blame(kTimeStampName, "removed");
    if (!wanted && trust_.roots != nullptr) Blame(kTimeStampName, "was never there: no time stamp");
    return;
  }
  if (!wanted || envelope_->signatures.empty()) {
    Blame(kTimeStampName, "added");
    return;
  }
  auto stamp =
      VerifyTimeStamp(member->bytes, envelope_->signatures.front().signature, trust_.roots);
  if (stamp) {
    stamp_ = *std::move(stamp);
  } else {
    Blame(kTimeStampName, "no time stamp of this signature: " + stamp.error().message);
  }
}

void Checker::CheckSubjects() {
  std::set<std::string_view> stated = {kStatementName, kTimeStampName};
  for (const Subject& subject : statement_->subjects) {
    stated.insert(subject.path);
    const auto member = members_.find(subject.path);
    if (member == members_.end()) {
      Blame(subject.path, "removed");
    } else if (member->second->intact && Sha256Hex(member->second->bytes) != subject.sha256) {
      Blame(subject.path, "altered");
    }
  }
  for (const auto& [name, member] : members_) {
    if (!stated.contains(name) && DescribeUnsafeName(name).empty()) Blame(name, "added");
  }
}

std::string Checker::Summary() const {
  const auto& signatures = envelope_->signatures;
  std::string text = "unaltered, ";
  if (trust_.key != nullptr) {
    text += fmt::format("signed by key {}", trust_.key->id());
  } else if (signatures.empty()) {
    text += "signer unknown (nobody signed it: whoever changed it could make it look unaltered)";
  } else {
    text += fmt::format("signer unknown (it names key {}; give that key with --public-key)",
                        ShowLine(signatures.front().key_id));
  }
  if (stamp_) {
    text +=
        fmt::format(", time-stamped {} by {}{}", FormatTimestamp(stamp_->when), stamp_->authority,
                    trust_.roots == nullptr ? " (not checked: give its CA with --tsa-ca)" : "");
    // The stamp's clock is not that of the run; what both say is text of one form.
    constexpr std::chrono::minutes kClocksDiffer{5};
    if (FormatTimestamp(stamp_->when + kClocksDiffer) < statement_->started) {
      text += ", which is BEFORE the run says it began: one of the two clocks was wrong";
    }
  }
  return text +
         fmt::format(", {} files, run of {} against {}{}: {}", members_.size(),
                     ShowLine(statement_->started), ShowLine(statement_->target),
                     DescribeMock(*statement_), DescribeOutcome(*statement_)) +
         DescribeLeftOut(*statement_);
}

BundleVerdict Checker::Check(std::string_view archive, const ZipContents& contents) {
  if (!members_.contains(kStatementName) && !members_.contains(kSumsName)) {
    return {State::kUnreadable,
            fmt::format("it holds neither {} nor {}", kStatementName, kSumsName),
            {}};
  }
  FindEnvelope();
  // What the key did not sign anybody may have written: nothing in it says what else was altered.
  if (envelope_ && CheckSignature()) FindStatement();
  if (statement_) {
    CheckTimeStamp();
    CheckSubjects();
  }
  std::vector<std::string> form = DescribeForm(archive, contents);
  breaches_.insert(breaches_.end(), form.begin(), form.end());
  if (!breaches_.empty()) {
    return {State::kBroken,
            fmt::format("not as it was made, or not signed as it should ({})", breaches_.size()),
            std::move(breaches_)};
  }
  return {trust_.key == nullptr ? State::kSignerUnknown : State::kHolds, Summary(), {}};
}

/// Whether what cannot be read was a bundle: its end may be cut off, or a header altered.
bool WasBundle(std::string_view archive) {
  const auto holds = [&](std::string_view text) {
    return archive.find(text) != std::string_view::npos;
  };
  return (archive.starts_with("PK\x03\x04") || holds("PK\x01\x02")) &&
         (holds(kStatementName) || holds(kSumsName));
}

}  // namespace

BundleVerdict CheckBundle(std::string_view archive, const BundleTrust& trust) {
  const auto contents = ReadZip(archive);
  if (!contents) {
    return {WasBundle(archive) ? State::kBroken : State::kUnreadable, contents.error().message, {}};
  }
  return Checker(*contents, trust).Check(archive, *contents);
}

}  // namespace conform
