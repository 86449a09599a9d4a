/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/font_find.h"

#include <fontconfig/fontconfig.h>
#include <stdio.h>

static const FcChar32 A_CHINESE_LETTER = 0x6f14;

static FcPattern *describe(bool bold, const FcCharSet *letters) {
    FcPattern *wanted = FcPatternCreate();
    (void)FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"Noto Sans CJK SC");
    (void)FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"sans-serif");
    (void)FcPatternAddString(wanted, FC_LANG, (const FcChar8 *)"zh-cn");
    (void)FcPatternAddCharSet(wanted, FC_CHARSET, letters);
    (void)FcPatternAddInteger(wanted, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    (void)FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
    (void)FcConfigSubstitute(NULL, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    return wanted;
}

static bool take(FcPattern *found, mu_font_file *out) {
    FcChar8 *file = NULL;
    FcCharSet *has = NULL;
    if (FcPatternGetString(found, FC_FILE, 0, &file) != FcResultMatch) {
        return false;
    }
    (void)snprintf(out->path, sizeof out->path, "%s", (const char *)file);
    (void)FcPatternGetInteger(found, FC_INDEX, 0, &out->index);
    out->index &= 0xffff; /* above: the named instance of a variable font */
    if (FcPatternGetCharSet(found, FC_CHARSET, 0, &has) == FcResultMatch) {
        out->chinese = FcCharSetHasChar(has, A_CHINESE_LETTER) != 0;
    }
    return true;
}

bool mu_font_find(bool bold, mu_font_file *out) {
    *out = (mu_font_file){.index = 0};
    if (!FcInit()) {
        return false;
    }
    FcCharSet *letters = FcCharSetCreate();
    (void)FcCharSetAddChar(letters, A_CHINESE_LETTER);
    FcPattern *wanted = describe(bold, letters);
    FcResult result;
    FcPattern *found = FcFontMatch(NULL, wanted, &result);
    const bool known = found != NULL && take(found, out);
    if (found != NULL) {
        FcPatternDestroy(found);
    }
    FcPatternDestroy(wanted);
    FcCharSetDestroy(letters);
    return known;
}
