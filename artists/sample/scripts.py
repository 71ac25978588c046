"""Parts of invented names in eight scripts; no part is meant to name a real artist."""

from dataclasses import dataclass

from artists.sample.listing import listed


@dataclass(frozen=True)
class Script:
    """How one script builds names: a family name is head + tail, a group is first word + second word."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    heads: tuple[str, ...]
    tails_of_women: tuple[str, ...]
    tails_of_men: tuple[str, ...]
    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    countries: tuple[str, ...]
    family_first: bool = False
    space: str = " "


_LATIN_TAILS = listed(
    "ander berg dal en field gård grave holm ín ka kvist land lowe mark mere nec ova quist ström wick"
)

SCRIPTS: dict[str, Script] = {
    "latin": Script(
        women=listed(
            "Mara Élise Ingrid Tove Núria Zdenka Aoife Renée Solveig Ilka Brígida Maële Ñusta Ottilie Perrin Signe "
            "Talwyn Vesna Wilma Yanick Lumi Odalys Édith Noor Hanne"
        ),
        men=listed(
            "Åke Bertil César Dušan Émile Florin Gøran Håkon Iñigo Jörn Kuno Łukasz Mateus Nils Orrin Pål Quill "
            "Rüdiger Søren Tadhg Ulf Vítor Wojtek Xan Zoltán"
        ),
        heads=listed(
            "Ask Bel Bré Cal Dor Ek Fal Gren Hal Isk Jar Kell Lind Mor Nor Ost Pell Quar Ros Sel Tar Ul Var Wend Yar "
            "Zel Ål Öst Stjern Brack Thorn Vesp Lark Ambr Corv Dun Ever Fenn Haw Ker"
        ),
        tails_of_women=_LATIN_TAILS,
        tails_of_men=_LATIN_TAILS,
        firsts=(),
        seconds=(),
        countries=(
            *("Sweden", "Norway", "France", "Spain", "Portugal", "Poland", "Hungary", "Ireland", "Iceland"),
            *("Germany", "United Kingdom", "Canada", "Chile", "Czechia"),
        ),
    ),
    "cyrillic": Script(
        women=listed("Алина Вера Дарина Злата Лада Мила Рада Тая Юна Яра"),
        men=listed("Богдан Велимир Глеб Добрин Лев Мирон Остап Радим Тихон Ярослав"),
        heads=listed("Березн Верхов Громад Дальн Зимов Калин Лугов Метел Полын Рассвет Северн Тумар"),
        tails_of_women=listed("енко ич юк ко ых ова ская"),
        tails_of_men=listed("енко ич юк ко ых ов ский"),
        firsts=listed("Белый Дальний Зимний Лунный Медный Ночной Северный Синий Тёплый Тихий"),
        seconds=listed("Берег Ветер Город Дождь Иней Костёр Маяк Поезд Снег Туман"),
        countries=("Ukraine", "Bulgaria", "Serbia", "Kazakhstan"),
    ),
    "greek": Script(
        women=listed("Δάφνη Ελπίδα Ιόλη Καλλιόπη Μυρτώ Νεφέλη Ξένια Φοίβη"),
        men=listed("Αίαντας Δαμιανός Θαλής Κίμων Λέανδρος Ορέστης Πάρις Φίλων"),
        heads=listed("Ανεμ Βουν Γαλαν Θαλασσ Καλοκαιρ Λυχν Μελισσ Περιστερ Σκι Χελιδον"),
        tails_of_women=listed("ίδου άκη οπούλου άτου"),
        tails_of_men=listed("ίδης άκης όπουλος άτος"),
        firsts=listed("Αργό Βαθύ Γαλάζιο Ήσυχο Κρυφό Μακρινό Παλιό Χειμερινό"),
        seconds=listed("Ακρογιάλι Καράβι Κύμα Λιμάνι Νησί Πρωί Σύννεφο Φως"),
        countries=("Greece", "Cyprus"),
    ),
    "japanese": Script(
        women=listed("青葉 小夜 千鶴 菜月 雪乃 琴音 美澄 若葉"),
        men=listed("一颯 海斗 昂 朔也 蒼真 直嗣 遥希 律"),
        heads=listed("朝 雨 霞 桐 白 月 夏 星 緑 雪"),
        tails_of_women=listed("岡 ヶ瀬 沢 島 野 浜 原 森"),
        tails_of_men=listed("岡 ヶ瀬 沢 島 野 浜 原 森"),
        firsts=listed("青い 遠い 静かな 透明 夜明けの 冬の 真昼の 銀色"),
        seconds=listed("水槽 灯台 列車 回廊 砂丘 観測所 温室 電報"),
        countries=("Japan",),
        family_first=True,
    ),
    "chinese": Script(
        women=listed("晓岚 若溪 雨棠 静姝 云舒 念秋 采薇 映雪"),
        men=listed("望川 子衡 长河 牧野 听松 远舟 景行 知白"),
        heads=listed("林 沈 陆 叶 顾 江 温 苏 白 程"),
        tails_of_women=("",),
        tails_of_men=("",),
        firsts=listed("白色 北方 深夜 透明 遥远 雾中 旧日 金属"),
        seconds=listed("渡口 花园 火车站 邮局 海岸 钟楼 温室 信号"),
        countries=("China", "Taiwan", "Singapore"),
        family_first=True,
        space="",
    ),
    "korean": Script(
        women=listed("가온 나래 다솜 라온 미르 새벽 아라 하늘"),
        men=listed("강산 도담 마루 바람 시온 율 찬솔 한결"),
        heads=listed("고 남 도 문 방 서 송 연 위 하"),
        tails_of_women=("",),
        tails_of_men=("",),
        firsts=listed("푸른 느린 먼 조용한 겨울 하얀 밤의 작은"),
        seconds=listed("등대 정거장 바다 편지 온실 계단 우산 골목"),
        countries=("South Korea",),
        family_first=True,
    ),
    "hebrew": Script(
        women=listed("אביגיל טל יערה ליאור נגה עדי רותם תמר"),
        men=listed("אורן ברק גיל יונתן נדב עומר רועי שחר"),
        heads=listed("הר נחל סלע עמק שדה גן אבן כוכב"),
        tails_of_women=listed("י ון אי ני"),
        tails_of_men=listed("י ון אי ני"),
        firsts=listed("רכבת מגדל נמל שביל חלון גשר"),
        seconds=listed("לילה חורף שקט כחול צפון רחוק"),
        countries=("Israel",),
    ),
    "arabic": Script(
        women=listed("أمل بسمة دانة رنا سلمى ليان نور هالة"),
        men=listed("أنس باسل جاد رامي سامر طارق كريم ناجي"),
        heads=listed("نجم بحر جبل ريح سهل غيم نهر ورد"),
        tails_of_women=listed("ي ان اوي ين"),
        tails_of_men=listed("ي ان اوي ين"),
        firsts=listed("قطار مرفأ نافذة حديقة منارة جسر"),
        seconds=listed("الليل الشتاء المطر الشمال الفجر الصمت"),
        countries=("Lebanon", "Morocco", "Egypt", "Jordan"),
    ),
}

SCRIPT_SHARES = {
    "latin": 0.86,
    "cyrillic": 0.03,
    "greek": 0.02,
    "japanese": 0.03,
    "chinese": 0.02,
    "korean": 0.02,
    "hebrew": 0.01,
    "arabic": 0.01,
}
