#include "page/page_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "page/plain_text.h"
#include "page/status_sentence.h"

namespace conform {
namespace {

// Stems without the first letter where that may be a capital beyond ASCII. One line a language:
// English, German, French, Spanish, Italian, Portuguese, Russian, Japanese, Korean, Chinese
// (simplified, traditional), Dutch, Polish.
constexpr std::string_view kNotSupported[] = {"not supported",
                                              "not available",
                                              "not applicable",
                                              "n/a",
                                              "unsupported",
                                              "none",
                                              "no support",
                                              "not support",
                                              "n't supported",
                                              "n't available",
                                              "n't support",
                                              "nicht unterstützt",
                                              "nicht verfügbar",
                                              "nicht zutreffend",
                                              "keine",
                                              "non pris",
                                              "pas pris",
                                              "non disponible",
                                              "pas disponible",
                                              "sans objet",
                                              "non applicable",
                                              "aucun",
                                              "non support",
                                              "no admitid",
                                              "no compatible",
                                              "no se admite",
                                              "no es compatible",
                                              "no disponible",
                                              "no está disponible",
                                              "no se soporta",
                                              "no soportad",
                                              "no aplicable",
                                              "ningun",
                                              "no se permite",
                                              "sin soporte",
                                              "non supportat",
                                              "non è supportat",
                                              "non disponibil",
                                              "nessun",
                                              "sem suporte",
                                              "não suportad",
                                              "não há suporte",
                                              "não compatível",
                                              "não disponível",
                                              "não é compatível",
                                              "não tem suporte",
                                              "incompatível",
                                              "não aplicável",
                                              "nenhum",
                                              "indisponível",
                                              "não é suportad",
                                              "não se aplica",
                                              "е поддерж",
                                              "едоступн",
                                              "еприменимо",
                                              "тсутств",
                                              "ет.",
                                              "サポートされていません",
                                              "サポートされません",
                                              "サポートされない",
                                              "サポート対象外",
                                              "サポート外",
                                              "未対応",
                                              "使用できません",
                                              "利用できません",
                                              "該当なし",
                                              "該当しません",
                                              "なし",
                                              "ありません",
                                              "지원되지",
                                              "지원하지",
                                              "지원 안",
                                              "사용할 수 없",
                                              "해당 없음",
                                              "없음",
                                              "不支持",
                                              "不受支持",
                                              "不可用",
                                              "不适用",
                                              "暂不支持",
                                              "无。",
                                              "不支援",
                                              "不受支援",
                                              "無法使用",
                                              "不適用",
                                              "niet ondersteund",
                                              "niet beschikbaar",
                                              "niet van toepassing",
                                              "ieobsługiwan",
                                              "ie jest obsługiwan",
                                              "iedostępn",
                                              "ie dotyczy"};

constexpr std::string_view kRequired[] = {
    "required",    "mandatory", "erforderlich", "obligatoire", "requis",     "obligatori",
    "obbligatori", "requerid",  "necesari",     "richiest",    "obrigatóri", "necessári",
    "requisit",    "бязательн", "ребуется",     "еобходим",    "必須",       "必要",
    "필수",        "필요",      "必需",         "必填",        "必須",       "vereist",
    "verplicht",   "ymagan"};

constexpr std::string_view kOptional[] = {"optional",   "not required", "nicht erforderlich",
                                          "facultati",  "optionnel",    "opcional",
                                          "opzional",   "еобязательн",  "省略可能",
                                          "オプション", "任意",         "선택",
                                          "可选",       "選擇性",       "选填",
                                          "optioneel",  "pcjonaln"};

constexpr std::string_view kWork[] = {
    "work or school", "work account", "school account", "work/school", "organizational",
    "schulkonto",     "geschäft",     "arbeitskonto",   "arbeits-",    "unikonto",
    "professionnel",  "scolaire",     "profesional",    "educativa",   "trabajo",
    "aziendale",      "istituto",     "lavoro",         "corporativa", "estudante",
    "escolar",        "trabalho",     "абоч",           "чебн",        "職場",
    "学校",           "學校",         "회사",           "학교",        "직장",
    "工作",           "werk",         "łużbow",         "zkoln",       "公司"};

constexpr std::string_view kPersonal[] = {"personal", "msa",         "persönlich", "personnel",
                                          "pessoal",  "ичн",         "個人",       "개인",
                                          "个人",     "persoonlijk", "sobist",     "consumer"};

constexpr std::string_view kApplication[] = {
    "application", "app-only", "anwendung",  "aplicaci",     "applicazion", "aplicativo",
    "aplicaç",     "риложени", "アプリ",     "애플리케이션", "응용",        "앱",
    "应用",        "應用",     "toepassing", "plikacj"};

constexpr std::string_view kDelegated[] = {"delegated", "delegiert",   "délégu",  "deleg",
                                           "елегир",    "委任",        "委派",    "委托",
                                           "위임",      "gedelegeerd", "elegowan"};

constexpr std::string_view kLeast[] = {"least",    "wenigst", "geringst", "niedrigst", "le moins",
                                       "menos",    "meno ",   "menor",    "minimi",    "аименьш",
                                       "овышения", "最低",    "最小",     "小さい",    "少ない",
                                       "낮은",     "적은",    "minst",    "ajmniej"};

constexpr std::string_view kMost[] = {"most", "meisten", "höchst",     "le plus", "más ",
                                      "più ", "mais ",   "maior",      "аибольш", "онижения",
                                      "最高", "最大",    "大きい",     "多い",    "높은",
                                      "많은", "meeste",  "ajbardziej", "ajwięcej"};

constexpr std::string_view kNoBody[] = {"not supply",
                                        "n't supply",
                                        "not provide",
                                        "n't provide",
                                        "not specify",
                                        "no request body",
                                        "not have a body",
                                        "not need a",
                                        "not require",
                                        "no request content",
                                        "has no request",
                                        "no body",
                                        "empty body",
                                        "not include a",
                                        "n't include a",
                                        "leave the body empty",
                                        "body is empty",
                                        "leave the request body empty",
                                        "keinen",
                                        "kein anforderung",
                                        "nicht an",
                                        "nichts an",
                                        "indiquez pas",
                                        "fournissez pas",
                                        "spécifiez pas",
                                        "aucun corps",
                                        "ne pas fournir",
                                        "no proporcione",
                                        "no suministre",
                                        "no especifique",
                                        "no incluya",
                                        "no facilite",
                                        "no indique",
                                        "no se debe proporcionar",
                                        "non specificare",
                                        "non fornire",
                                        "non includere",
                                        "non inserire",
                                        "não forneça",
                                        "não inclua",
                                        "não especifique",
                                        "não envie",
                                        "não insira",
                                        "não indique",
                                        "е указывайте",
                                        "е предоставляйте",
                                        "е задавайте",
                                        "е включайте",
                                        "е вводите",
                                        "е нужно",
                                        "指定しない",
                                        "指定しません",
                                        "使用しない",
                                        "指定なし",
                                        "含めない",
                                        "入力しない",
                                        "提供しない",
                                        "提供しません",
                                        "不要です",
                                        "必要ありません",
                                        "空の",
                                        "제공하지",
                                        "입력하지",
                                        "지정하지",
                                        "포함하지",
                                        "请勿提供",
                                        "不要提供",
                                        "不提供",
                                        "勿提供",
                                        "请勿为",
                                        "不要在",
                                        "无需提供",
                                        "请不要",
                                        "請勿提供",
                                        "請勿在",
                                        "請勿",
                                        "geef geen",
                                        "verstrek geen",
                                        "ie podawaj",
                                        "ie należy"};

constexpr std::string_view kInProgress[] = {
    "in progress",     "already running",  "is running",      "under way", "underway",
    "ongoing",         "still running",    "being processed", "is active", "wird bereits",
    "läuft bereits",   "in bearbeitung",   "im gange",        "en cours",  "en curso",
    "en progreso",     "in corso",         "em andamento",    "em curso",  "ыполняется",
    "ходе выполнения", "進行中",           "実行中",          "処理中",    "진행 중",
    "실행 중",         "正在进行",         "正在運行",        "正在运行",  "正在進行",
    "进行中",          "wordt uitgevoerd", "w toku",          "trwa "};

constexpr std::string_view kWithin[] = {
    "within",   "in less than", "less than", "sooner than", "innerhalb",   "weniger als",
    "dans les", "en moins de",  "moins de",  "dentro de",   "en menos de", "antes de",
    "entro",    "meno di",      "em até",    "em menos de", "течение",     "以内",
    "이내",     "以内",         "之内",      "分钟内",      "分鐘內",      "小时内",
    "秒内",     "binnen",       "ciągu"};

constexpr std::string_view kPrevious[] = {
    "previous",      "last",   "prior",     "preceding", "earlier",  "vorherig",
    "vorangegangen", "letzt",  "précédent", "dernier",   "dernière", "anterior",
    "última",        "último", "precedent", "ultim",     "редыдущ",  "оследн",
    "前回",          "直前",   "이전",      "마지막",    "上一次",   "上次",
    "前一次",        "vorige", "laatste",   "oprzedni",  "statni"};

constexpr std::string_view kCode[] = {
    "code",  "status",  "http",    "returned",  "returns",  "return ",  "respond", "response",
    "error", "antwort", "réponse", "respuesta", "risposta", "resposta", "códig",   "codice",
    "ткли",  "твет",    "код",     "応答",      "コード",   "返し",     "응답",    "코드",
    "响应",  "代码",    "回應",    "代碼",      "返回",     "fehler",   "erreur",  "odpowied"};

constexpr std::string_view kCollection[] = {
    "collection",   "list of",     "sammlung", "auflistung", "liste",    "colección", "colecci",
    "lista",        "raccolta",    "insieme",  "coleção",    "conjunto", "оллекци",   "писок",
    "コレクション", "一覧",        "컬렉션",   "목록",       "集合",     "列表",      "集合",
    "清單",         "verzameling", "lijst",    "olekcj"};

constexpr std::string_view kNothingSaid[] = {"not yet documented",
                                             "noch nicht dokumentiert",
                                             "尚未记录",
                                             "尚未記錄",
                                             "尚未記載",
                                             "pas encore documenté",
                                             "non encore documenté",
                                             "aún no está documentado",
                                             "no documentado",
                                             "ainda não documentado",
                                             "не документировано",
                                             "ока не задокументировано",
                                             "まだ文書化されていません",
                                             "아직 문서화되지",
                                             "non ancora documentato",
                                             "todo:",
                                             "description here"};

constexpr std::array<std::span<const std::string_view>, 16> kWords = {
    kNotSupported, kRequired, kOptional,   kWork,       kPersonal,   kApplication,
    kDelegated,    kLeast,    kMost,       kNoBody,     kInProgress, kWithin,
    kPrevious,     kCode,     kCollection, kNothingSaid};

}  // namespace

std::size_t FindWord(std::string_view text, Word word) {
  const std::string lower = ToLower(text);
  std::size_t first = std::string::npos;
  for (const std::string_view each : kWords[static_cast<std::size_t>(word)]) {
    first = std::min(first, lower.find(each));
  }
  return first;
}

bool HasWord(std::string_view text, Word word) {
  return FindWord(text, word) != std::string_view::npos;
}

bool SaysRequired(std::string_view text) {
  constexpr std::size_t kFewBytes = 48;
  constexpr std::string_view kConditions[] = {" when ", " if ", " wenn ",
                                              " si ",   " se ", " quando "};
  for (const std::string& sentence : SplitSentences(text)) {
    const std::string lower = ToLower(sentence);
    const bool conditional =
        std::any_of(std::begin(kConditions), std::end(kConditions),
                    [&](std::string_view word) { return lower.find(word) != std::string::npos; });
    if (sentence.size() > kFewBytes || conditional || HasWord(sentence, Word::kOptional)) continue;
    if (HasWord(sentence, Word::kRequired)) return true;
  }
  return false;
}

}  // namespace conform
