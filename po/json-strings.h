/* json-strings.h, made by build-aux/json-strings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Translators: group in data/presets.json */
N_ ("Camera")
/* Translators: name in data/presets.json */
N_ ("Slow Push In")
/* Translators: summary in data/presets.json */
N_ ("The camera moves gently closer")
/* Translators: name in data/presets.json */
N_ ("Slow Pull Out")
/* Translators: summary in data/presets.json */
N_ ("The camera draws back and shows more")
/* Translators: name in data/presets.json */
N_ ("Pan Left")
/* Translators: summary in data/presets.json */
N_ ("The view sweeps to the left")
/* Translators: name in data/presets.json */
N_ ("Pan Right")
/* Translators: summary in data/presets.json */
N_ ("The view sweeps to the right")
/* Translators: name in data/presets.json */
N_ ("Tilt Up")
/* Translators: summary in data/presets.json */
N_ ("The view climbs to the sky")
/* Translators: name in data/presets.json */
N_ ("Tilt Down")
/* Translators: summary in data/presets.json */
N_ ("The view comes down to the ground")
/* Translators: name in data/presets.json */
N_ ("Orbit")
/* Translators: summary in data/presets.json */
N_ ("The camera circles the subject")
/* Translators: name in data/presets.json */
N_ ("Crane Up")
/* Translators: summary in data/presets.json */
N_ ("The camera rises above the scene")
/* Translators: name in data/presets.json */
N_ ("Aerial")
/* Translators: summary in data/presets.json */
N_ ("A drone glides over the land")
/* Translators: name in data/presets.json */
N_ ("Dolly Zoom")
/* Translators: summary in data/presets.json */
N_ ("The background stretches away")
/* Translators: name in data/presets.json */
N_ ("Handheld")
/* Translators: summary in data/presets.json */
N_ ("A living, breathing camera")
/* Translators: name in data/presets.json */
N_ ("Gentle Drift")
/* Translators: summary in data/presets.json */
N_ ("The frame floats, hardly noticed")
/* Translators: name in data/presets.json */
N_ ("Locked Off")
/* Translators: summary in data/presets.json */
N_ ("The camera stands still")
/* Translators: group in data/presets.json */
N_ ("Motion")
/* Translators: name in data/presets.json */
N_ ("Living Photo")
/* Translators: summary in data/presets.json */
N_ ("Only wind, water and light move")
/* Translators: name in data/presets.json */
N_ ("Slow Motion")
/* Translators: summary in data/presets.json */
N_ ("Time stretches out")
/* Translators: name in data/presets.json */
N_ ("Time-Lapse")
/* Translators: summary in data/presets.json */
N_ ("Hours pass in seconds")
/* Translators: name in data/presets.json */
N_ ("Seamless Loop")
/* Translators: summary in data/presets.json */
N_ ("The end meets the beginning")
/* Translators: name in data/presets.json */
N_ ("Light Breeze")
/* Translators: summary in data/presets.json */
N_ ("Hair, leaves and cloth stir")
/* Translators: group in data/presets.json */
N_ ("Light and Weather")
/* Translators: name in data/presets.json */
N_ ("Golden Hour")
/* Translators: summary in data/presets.json */
N_ ("Low, warm sun and long shadows")
/* Translators: name in data/presets.json */
N_ ("Blue Hour")
/* Translators: summary in data/presets.json */
N_ ("Cool dusk, the first lights on")
/* Translators: name in data/presets.json */
N_ ("Neon Night")
/* Translators: summary in data/presets.json */
N_ ("Wet streets, colored signs")
/* Translators: name in data/presets.json */
N_ ("Window Light")
/* Translators: summary in data/presets.json */
N_ ("Soft daylight from one side")
/* Translators: name in data/presets.json */
N_ ("Morning Mist")
/* Translators: summary in data/presets.json */
N_ ("Pale light, a veiled distance")
/* Translators: name in data/presets.json */
N_ ("Steady Rain")
/* Translators: summary in data/presets.json */
N_ ("Rain, puddles and reflections")
/* Translators: name in data/presets.json */
N_ ("First Snow")
/* Translators: summary in data/presets.json */
N_ ("Large flakes in still air")
/* Translators: group in data/presets.json */
N_ ("Style")
/* Translators: name in data/presets.json */
N_ ("Cinematic")
/* Translators: summary in data/presets.json */
N_ ("Anamorphic look, fine grain")
/* Translators: name in data/presets.json */
N_ ("Documentary")
/* Translators: summary in data/presets.json */
N_ ("Observed, not posed")
/* Translators: name in data/presets.json */
N_ ("Black and White")
/* Translators: summary in data/presets.json */
N_ ("Silver tones, hard light")
/* Translators: name in data/presets.json */
N_ ("Home Movie")
/* Translators: summary in data/presets.json */
N_ ("Super 8 grain and flicker")
/* Translators: name in data/presets.json */
N_ ("Hand-Drawn")
/* Translators: summary in data/presets.json */
N_ ("Ink lines, painted backgrounds")
/* Translators: name in data/presets.json */
N_ ("Watercolor")
/* Translators: summary in data/presets.json */
N_ ("Pigments bleed on paper")
/* Translators: name in data/presets.json */
N_ ("Stop Motion")
/* Translators: summary in data/presets.json */
N_ ("A small world moved by hand")
/* Translators: group in data/presets.json */
N_ ("Product")
/* Translators: name in data/presets.json */
N_ ("Turntable")
/* Translators: summary in data/presets.json */
N_ ("The subject turns once around")
/* Translators: name in data/presets.json */
N_ ("Hero Shot")
/* Translators: summary in data/presets.json */
N_ ("Low angle, light sweeps across")
/* Translators: name in data/presets.json */
N_ ("Macro Detail")
/* Translators: summary in data/presets.json */
N_ ("Close on material and craft")
/* Translators: name in data/presets.json */
N_ ("Floating")
/* Translators: summary in data/presets.json */
N_ ("Weightless in clean space")
/* Translators: name in data/presets.json */
N_ ("Food Close-Up")
/* Translators: summary in data/presets.json */
N_ ("Steam, gloss and appetite")
/* Translators: group in data/presets.json */
N_ ("People")
/* Translators: name in data/presets.json */
N_ ("Living Portrait")
/* Translators: summary in data/presets.json */
N_ ("A blink, a breath, a slight smile")
/* Translators: name in data/presets.json */
N_ ("Speaking to Camera")
/* Translators: summary in data/presets.json */
N_ ("Natural speech and gestures")
/* Translators: name in data/presets.json */
N_ ("Walking Shot")
/* Translators: summary in data/presets.json */
N_ ("The camera keeps pace")
/* Translators: name in data/presets.json */
N_ ("Candid Moment")
/* Translators: summary in data/presets.json */
N_ ("People laugh and turn to each other")
/* Translators: name in data/providers/animatic.json */
N_ ("Animatic")
/* Translators: summary in data/providers/animatic.json */
N_ ("Moves over your picture, or sets your words as a title; made on this computer, free")
/* Translators: summary in data/providers/animatic.json */
N_ ("A moving still with an optional caption, or a title card.")
/* Translators: title in data/providers/animatic.json */
N_ ("Caption")
/* Translators: subtitle in data/providers/animatic.json */
N_ ("Show the prompt as a caption")
/* Translators: title in data/providers/animatic.json */
N_ ("Camera move")
/* Translators: subtitle in data/providers/animatic.json */
N_ ("Automatic takes it from the prompt")
/* Translators: title in data/providers/animatic.json */
N_ ("Automatic")
/* Translators: title in data/providers/animatic.json */
N_ ("Push in")
/* Translators: title in data/providers/animatic.json */
N_ ("Pull out")
/* Translators: title in data/providers/animatic.json */
N_ ("Pan left")
/* Translators: title in data/providers/animatic.json */
N_ ("Pan right")
/* Translators: title in data/providers/animatic.json */
N_ ("Pan up")
/* Translators: title in data/providers/animatic.json */
N_ ("Pan down")
/* Translators: title in data/providers/animatic.json */
N_ ("Tilt up")
/* Translators: title in data/providers/animatic.json */
N_ ("Tilt down")
/* Translators: title in data/providers/animatic.json */
N_ ("Drift")
