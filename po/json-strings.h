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
/* Translators: name in data/providers/comfyui.json */
N_ ("ComfyUI")
/* Translators: summary in data/providers/comfyui.json */
N_ ("Wan 2.2 and LTX-Video on a computer of your own")
/* Translators: name in data/providers/comfyui.json */
N_ ("This Computer")
/* Translators: name in data/providers/comfyui.json */
N_ ("This Computer, Desktop App")
/* Translators: name in data/providers/comfyui.json */
N_ ("Wan 2.2 5B")
/* Translators: summary in data/providers/comfyui.json */
N_ ("From words or a picture, at 24 frames a second.")
/* Translators: title in data/providers/comfyui.json */
N_ ("Steps")
/* Translators: subtitle in data/providers/comfyui.json */
N_ ("More take longer")
/* Translators: title in data/providers/comfyui.json */
N_ ("Guidance")
/* Translators: subtitle in data/providers/comfyui.json */
N_ ("How closely the prompt is followed")
/* Translators: title in data/providers/comfyui.json */
N_ ("Model")
/* Translators: subtitle in data/providers/comfyui.json */
N_ ("As ComfyUI lists it")
/* Translators: title in data/providers/comfyui.json */
N_ ("Text encoder")
/* Translators: title in data/providers/comfyui.json */
N_ ("VAE")
/* Translators: name in data/providers/comfyui.json */
N_ ("LTX-Video 2B")
/* Translators: summary in data/providers/comfyui.json */
N_ ("Quick, from words or a picture.")
/* Translators: name in data/providers/dashscope.json */
N_ ("Alibaba Model Studio")
/* Translators: summary in data/providers/dashscope.json */
N_ ("Wan and HappyHorse from DashScope; each region has keys and models of its own")
/* Translators: name in data/providers/dashscope.json */
N_ ("Singapore")
/* Translators: name in data/providers/dashscope.json */
N_ ("China")
/* Translators: name in data/providers/dashscope.json */
N_ ("United States")
/* Translators: name in data/providers/dashscope.json */
N_ ("Wan 2.7")
/* Translators: summary in data/providers/dashscope.json */
N_ ("Up to 15 seconds with sound, from words, frames, or pictures to refer to.")
/* Translators: title in data/providers/dashscope.json */
N_ ("Improve the prompt")
/* Translators: name in data/providers/dashscope.json */
N_ ("Wan 3.0")
/* Translators: summary in data/providers/dashscope.json */
N_ ("Up to 30 seconds; the sound can be switched.")
/* Translators: name in data/providers/dashscope.json */
N_ ("Wan 3.0 Prime")
/* Translators: summary in data/providers/dashscope.json */
N_ ("The same, better.")
/* Translators: name in data/providers/dashscope.json */
N_ ("HappyHorse 1.1")
/* Translators: summary in data/providers/dashscope.json */
N_ ("Up to 15 seconds with sound; well liked.")
/* Translators: name in data/providers/dashscope.json */
N_ ("HappyHorse 1.0")
/* Translators: summary in data/providers/dashscope.json */
N_ ("The one before.")
/* Translators: name in data/providers/dashscope.json */
N_ ("Wan 2.6")
/* Translators: summary in data/providers/dashscope.json */
N_ ("Up to 15 seconds with sound, in one shot or several.")
/* Translators: title in data/providers/dashscope.json */
N_ ("Shots")
/* Translators: title in data/providers/dashscope.json */
N_ ("One")
/* Translators: title in data/providers/dashscope.json */
N_ ("Several")
/* Translators: name in data/providers/dashscope.json */
N_ ("Wan 2.6 Flash")
/* Translators: summary in data/providers/dashscope.json */
N_ ("Moves a picture, quickly; with or without sound.")
/* Translators: name in data/providers/dyuapi.json */
N_ ("DyuAPI")
/* Translators: summary in data/providers/dyuapi.json */
N_ ("Sold Sora 2 by length and orientation; for gateways that speak as it does")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Landscape")
/* Translators: summary in data/providers/dyuapi.json */
N_ ("A model of the Sora app, which is closed.")
/* Translators: title in data/providers/dyuapi.json */
N_ ("None")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Anime")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Selfie")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Golden")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Festive")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Retro")
/* Translators: title in data/providers/dyuapi.json */
N_ ("News")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Chaos")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Vintage")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Comic")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Storyboard")
/* Translators: subtitle in data/providers/dyuapi.json */
N_ ("The prompt describes several shots")
/* Translators: title in data/providers/dyuapi.json */
N_ ("Trim")
/* Translators: subtitle in data/providers/dyuapi.json */
N_ ("Leave out the first frame")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Landscape, 10 s")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Landscape, 15 s")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Portrait")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Portrait, 10 s")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Portrait, 15 s")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Pro Landscape, 25 s")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Pro Portrait, 25 s")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Pro HD Landscape, 15 s")
/* Translators: name in data/providers/dyuapi.json */
N_ ("Sora 2 Pro HD Portrait, 15 s")
/* Translators: name in data/providers/fal.json */
N_ ("fal")
/* Translators: summary in data/providers/fal.json */
N_ ("Nearly every model with one key; any endpoint by its name")
/* Translators: name in data/providers/fal.json */
N_ ("Seedance 2.5")
/* Translators: summary in data/providers/fal.json */
N_ ("Sound, two frames, or pictures to refer to.")
/* Translators: name in data/providers/fal.json */
N_ ("Seedance 2.0")
/* Translators: name in data/providers/fal.json */
N_ ("Seedance 2.0 Fast")
/* Translators: summary in data/providers/fal.json */
N_ ("Quicker and cheaper.")
/* Translators: name in data/providers/fal.json */
N_ ("Kling 3.0 Pro")
/* Translators: summary in data/providers/fal.json */
N_ ("Up to 15 seconds with sound, from words or frames.")
/* Translators: title in data/providers/fal.json */
N_ ("Follow the prompt")
/* Translators: name in data/providers/fal.json */
N_ ("Kling 3.0 Standard")
/* Translators: summary in data/providers/fal.json */
N_ ("Cheaper than Pro.")
/* Translators: name in data/providers/fal.json */
N_ ("Kling 2.5 Turbo Pro")
/* Translators: summary in data/providers/fal.json */
N_ ("Quick, without sound.")
/* Translators: name in data/providers/fal.json */
N_ ("Veo 3.1")
/* Translators: summary in data/providers/fal.json */
N_ ("With sound, from words, frames, or pictures to refer to.")
/* Translators: name in data/providers/fal.json */
N_ ("Veo 3.1 Fast")
/* Translators: summary in data/providers/fal.json */
N_ ("From words or frames, with its own sound.")
/* Translators: name in data/providers/fal.json */
N_ ("MiniMax H3 Max")
/* Translators: summary in data/providers/fal.json */
N_ ("From words, a picture, or pictures to refer to.")
/* Translators: name in data/providers/fal.json */
N_ ("MiniMax H3 Max Turbo")
/* Translators: summary in data/providers/fal.json */
N_ ("Quicker.")
/* Translators: name in data/providers/fal.json */
N_ ("LTX 2.3")
/* Translators: summary in data/providers/fal.json */
N_ ("Large pictures with sound, up to 50 frames a second.")
/* Translators: name in data/providers/fal.json */
N_ ("Ray 2")
/* Translators: summary in data/providers/fal.json */
N_ ("Luma’s Dream Machine, from words or frames, also as a loop.")
/* Translators: title in data/providers/fal.json */
N_ ("Loop")
/* Translators: name in data/providers/gemini.json */
N_ ("Gemini")
/* Translators: summary in data/providers/gemini.json */
N_ ("Omni Flash from Google, with a key of AI Studio")
/* Translators: name in data/providers/gemini.json */
N_ ("Google")
/* Translators: name in data/providers/gemini.json */
N_ ("Omni 1.2 Flash")
/* Translators: summary in data/providers/gemini.json */
N_ ("Up to 15 seconds with sound, up to 4K; quick.")
/* Translators: name in data/providers/gemini.json */
N_ ("Omni 1.1 Flash")
/* Translators: summary in data/providers/gemini.json */
N_ ("The one before, up to 10 seconds.")
/* Translators: summary in data/providers/gemini.json */
N_ ("The older interface, which relays at an address of their own still speak.")
/* Translators: title in data/providers/gemini.json */
N_ ("As the service decides")
/* Translators: title in data/providers/gemini.json */
N_ ("Allowed")
/* Translators: title in data/providers/gemini.json */
N_ ("Adults only")
/* Translators: name in data/providers/gemini.json */
N_ ("Veo 3.1 Lite")
/* Translators: name in data/providers/grok-chat.json */
N_ ("Grok by Chat")
/* Translators: summary in data/providers/grok-chat.json */
N_ ("Gateways and resellers that answer a chat with the link to a clip")
/* Translators: name in data/providers/grok-chat.json */
N_ ("Grok Imagine 0.9")
/* Translators: summary in data/providers/grok-chat.json */
N_ ("Moves a picture for about six seconds.")
/* Translators: title in data/providers/grok-chat.json */
N_ ("Show Progress")
/* Translators: subtitle in data/providers/grok-chat.json */
N_ ("Off for gateways that cannot answer piece by piece")
/* Translators: name in data/providers/grok-chat.json */
N_ ("Grok Imagine 1.0 Video")
/* Translators: summary in data/providers/grok-chat.json */
N_ ("Up to fifteen seconds, from words or a picture.")
/* Translators: title in data/providers/grok-chat.json */
N_ ("Normal")
/* Translators: title in data/providers/grok-chat.json */
N_ ("Fun")
/* Translators: title in data/providers/grok-chat.json */
N_ ("Spicy")
/* Translators: title in data/providers/grok-chat.json */
N_ ("Custom")
/* Translators: name in data/providers/grok-chat.json */
N_ ("Grok Imagine Video")
/* Translators: summary in data/providers/grok-chat.json */
N_ ("Up to twenty seconds, from words or up to seven pictures.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Jiekou AI")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Many models under one key, also as Novita and PPIO")
/* Translators: name in data/providers/jiekou.json */
N_ ("Jiekou")
/* Translators: name in data/providers/jiekou.json */
N_ ("Novita")
/* Translators: name in data/providers/jiekou.json */
N_ ("PPIO")
/* Translators: name in data/providers/jiekou.json */
N_ ("PPIO (api.ppio.com)")
/* Translators: name in data/providers/jiekou.json */
N_ ("Wan 2.5, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Clips with sound, from words.")
/* Translators: title in data/providers/jiekou.json */
N_ ("Enrich prompt")
/* Translators: subtitle in data/providers/jiekou.json */
N_ ("The service writes your words out in more detail")
/* Translators: name in data/providers/jiekou.json */
N_ ("Wan 2.5, from a Picture")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Clips with sound that begin with your picture.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Wan 2.6, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Up to fifteen seconds, in one shot or several.")
/* Translators: title in data/providers/jiekou.json */
N_ ("One shot")
/* Translators: title in data/providers/jiekou.json */
N_ ("Several shots")
/* Translators: name in data/providers/jiekou.json */
N_ ("Wan 2.6, from a Picture")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Up to fifteen seconds; the picture must lie at a public address.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Kling 2.5 Turbo Pro, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Swift and strong in movement.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Kling 2.5 Turbo Pro, from a Picture")
/* Translators: summary in data/providers/jiekou.json */
N_ ("From one picture, or from one to another.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Veo 3.1, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Google’s model, with sound.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Veo 3.1, from a Picture")
/* Translators: summary in data/providers/jiekou.json */
N_ ("From one picture, or from one to another, with sound.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Veo 3.1 Fast, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Quicker, at a little less quality.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Veo 3.1 Fast, from a Picture")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Quicker, from one picture, or from one to another.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Hailuo 2.3")
/* Translators: summary in data/providers/jiekou.json */
N_ ("From words or a picture, without sound.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Hailuo 2.3 Fast")
/* Translators: summary in data/providers/jiekou.json */
N_ ("From a picture, without sound.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Hailuo 02")
/* Translators: summary in data/providers/jiekou.json */
N_ ("From words, a picture, or one picture to another.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Seedance 1 Pro, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Two to twelve seconds, without sound.")
/* Translators: title in data/providers/jiekou.json */
N_ ("Fixed camera")
/* Translators: name in data/providers/jiekou.json */
N_ ("Seedance 1 Pro, from a Picture")
/* Translators: name in data/providers/jiekou.json */
N_ ("Seedance 1 Lite, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Cheaper, without sound.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Seedance 1 Lite, from a Picture")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Cheaper, from one picture, or from one to another.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Sora 2")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Used through the Sora app, which is closed.")
/* Translators: title in data/providers/jiekou.json */
N_ ("Character")
/* Translators: subtitle in data/providers/jiekou.json */
N_ ("Address of a clip with the character")
/* Translators: title in data/providers/jiekou.json */
N_ ("Character’s time")
/* Translators: subtitle in data/providers/jiekou.json */
N_ ("From and to in seconds, such as 1,3")
/* Translators: name in data/providers/jiekou.json */
N_ ("Sora 2 Remix")
/* Translators: summary in data/providers/jiekou.json */
N_ ("Changes a clip of Sora 2; the Sora app is closed.")
/* Translators: title in data/providers/jiekou.json */
N_ ("Clip to change")
/* Translators: subtitle in data/providers/jiekou.json */
N_ ("The task id of a clip of Sora 2")
/* Translators: name in data/providers/jiekou.json */
N_ ("Sora 2, Unified")
/* Translators: name in data/providers/jiekou.json */
N_ ("Sora 2, from Words")
/* Translators: summary in data/providers/jiekou.json */
N_ ("OpenAI’s model, which it has closed.")
/* Translators: name in data/providers/jiekou.json */
N_ ("Sora 2, from a Picture")
/* Translators: name in data/providers/jiekou.json */
N_ ("Sora 2 Pro, from Words")
/* Translators: name in data/providers/jiekou.json */
N_ ("Sora 2 Pro, from a Picture")
/* Translators: name in data/providers/kling.json */
N_ ("Kling AI")
/* Translators: summary in data/providers/kling.json */
N_ ("Kuaishou’s own service, with one key for each side of the world")
/* Translators: name in data/providers/kling.json */
N_ ("Beijing")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 3.0")
/* Translators: summary in data/providers/kling.json */
N_ ("The newest: up to 15 seconds, up to 4K, with sound.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 3.0 Turbo")
/* Translators: summary in data/providers/kling.json */
N_ ("Quicker, from words or a first picture.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 3.0, Older Interface")
/* Translators: summary in data/providers/kling.json */
N_ ("The same model, which takes a negative prompt this way.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 2.6")
/* Translators: summary in data/providers/kling.json */
N_ ("With sound at 1080p.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 2.5 Turbo")
/* Translators: summary in data/providers/kling.json */
N_ ("Quick and cheap.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 2.1")
/* Translators: summary in data/providers/kling.json */
N_ ("Moves a picture.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 2.1 Master")
/* Translators: summary in data/providers/kling.json */
N_ ("Dear, and careful with movement.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 2.0 Master")
/* Translators: summary in data/providers/kling.json */
N_ ("The larger model of the second generation.")
/* Translators: name in data/providers/kling.json */
N_ ("Kling 1.6")
/* Translators: summary in data/providers/kling.json */
N_ ("The oldest that is still offered.")
/* Translators: title in data/providers/kling.json */
N_ ("Prompt strength")
/* Translators: subtitle in data/providers/kling.json */
N_ ("How closely the clip follows the prompt")
/* Translators: name in data/providers/localai.json */
N_ ("LocalAI")
/* Translators: summary in data/providers/localai.json */
N_ ("The server of the LocalAI project on a computer of your own")
/* Translators: summary in data/providers/localai.json */
N_ ("Or type the name of a model that is installed there.")
/* Translators: title in data/providers/localai.json */
N_ ("As the server does")
/* Translators: title in data/providers/localai.json */
N_ ("4")
/* Translators: title in data/providers/localai.json */
N_ ("8")
/* Translators: title in data/providers/localai.json */
N_ ("20")
/* Translators: title in data/providers/localai.json */
N_ ("30")
/* Translators: title in data/providers/localai.json */
N_ ("40")
/* Translators: title in data/providers/localai.json */
N_ ("50")
/* Translators: name in data/providers/ltx.json */
N_ ("LTX")
/* Translators: summary in data/providers/ltx.json */
N_ ("Lightricks’ own service")
/* Translators: name in data/providers/ltx.json */
N_ ("LTX 2.5 Fast")
/* Translators: summary in data/providers/ltx.json */
N_ ("The newest, quick: up to 20 seconds, up to 4K, with sound.")
/* Translators: title in data/providers/ltx.json */
N_ ("As the prompt says")
/* Translators: title in data/providers/ltx.json */
N_ ("Still")
/* Translators: title in data/providers/ltx.json */
N_ ("Dolly in")
/* Translators: title in data/providers/ltx.json */
N_ ("Dolly out")
/* Translators: title in data/providers/ltx.json */
N_ ("Dolly left")
/* Translators: title in data/providers/ltx.json */
N_ ("Dolly right")
/* Translators: title in data/providers/ltx.json */
N_ ("Jib up")
/* Translators: title in data/providers/ltx.json */
N_ ("Jib down")
/* Translators: title in data/providers/ltx.json */
N_ ("Focus shift")
/* Translators: title in data/providers/ltx.json */
N_ ("Interface")
/* Translators: subtitle in data/providers/ltx.json */
N_ ("In one answer: what breaks off is lost, and may be charged")
/* Translators: title in data/providers/ltx.json */
N_ ("As a job")
/* Translators: title in data/providers/ltx.json */
N_ ("In one answer")
/* Translators: name in data/providers/ltx.json */
N_ ("LTX 2.5 Pro")
/* Translators: summary in data/providers/ltx.json */
N_ ("The newest, at up to 1080p.")
/* Translators: name in data/providers/ltx.json */
N_ ("LTX 2.3 Fast")
/* Translators: summary in data/providers/ltx.json */
N_ ("Upright, too, and it can end on a picture of yours.")
/* Translators: name in data/providers/ltx.json */
N_ ("LTX 2.3 Pro")
/* Translators: summary in data/providers/ltx.json */
N_ ("The better one of its generation.")
/* Translators: name in data/providers/ltx.json */
N_ ("LTX 2 Fast")
/* Translators: name in data/providers/ltx.json */
N_ ("LTX 2 Pro")
/* Translators: name in data/providers/luma.json */
N_ ("Luma")
/* Translators: summary in data/providers/luma.json */
N_ ("Ray from its makers; keys of Dream Machine are of an address of their own")
/* Translators: name in data/providers/luma.json */
N_ ("Agents")
/* Translators: name in data/providers/luma.json */
N_ ("Dream Machine")
/* Translators: name in data/providers/luma.json */
N_ ("Ray 3.2")
/* Translators: summary in data/providers/luma.json */
N_ ("From words, or between two pictures; also with high dynamic range.")
/* Translators: subtitle in data/providers/luma.json */
N_ ("Ends as it begins; not with a last frame")
/* Translators: title in data/providers/luma.json */
N_ ("High dynamic range")
/* Translators: subtitle in data/providers/luma.json */
N_ ("At 720p and 1080p")
/* Translators: summary in data/providers/luma.json */
N_ ("The older interface, for keys of Dream Machine.")
/* Translators: name in data/providers/luma.json */
N_ ("Ray 2 Flash")
/* Translators: summary in data/providers/luma.json */
N_ ("The same, quicker.")
/* Translators: name in data/providers/minimax.json */
N_ ("MiniMax")
/* Translators: summary in data/providers/minimax.json */
N_ ("Hailuo’s own service, with one key for each side of the world")
/* Translators: name in data/providers/minimax.json */
N_ ("Global")
/* Translators: name in data/providers/minimax.json */
N_ ("MiniMax H3")
/* Translators: summary in data/providers/minimax.json */
N_ ("Up to 15 seconds with sound, up to 2K, from words, frames, or pictures to refer to.")
/* Translators: summary in data/providers/minimax.json */
N_ ("Silent, from words or a first picture.")
/* Translators: title in data/providers/minimax.json */
N_ ("Improve it quickly")
/* Translators: summary in data/providers/minimax.json */
N_ ("Moves a picture, quickly.")
/* Translators: summary in data/providers/minimax.json */
N_ ("Silent; it can end on a picture of yours.")
/* Translators: name in data/providers/minimax.json */
N_ ("S2V-01")
/* Translators: summary in data/providers/minimax.json */
N_ ("Keeps the face of a person you show it.")
/* Translators: name in data/providers/openai-compatible.json */
N_ ("OpenAI-Compatible")
/* Translators: summary in data/providers/openai-compatible.json */
N_ ("Servers of your own and gateways that speak /v1/videos, such as vLLM-Omni, SGLang, LiteLLM and New API")
/* Translators: name in data/providers/openai-compatible.json */
N_ ("The Server’s Model")
/* Translators: summary in data/providers/openai-compatible.json */
N_ ("What the server runs; or type the name of a model.")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Requests as")
/* Translators: subtitle in data/providers/openai-compatible.json */
N_ ("JSON for SGLang and some gateways")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Form")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("JSON")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Length as")
/* Translators: subtitle in data/providers/openai-compatible.json */
N_ ("In JSON; SGLang wants a number")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Text")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Number")
/* Translators: subtitle in data/providers/openai-compatible.json */
N_ ("Some gateways of New API have only the older one")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("/v1/videos")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("/v1/video/generations")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Field of the picture")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("input_reference")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("image_reference")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("image")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("images")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("image_url")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("reference_url")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("first_frame_image")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Seed and negative prompt")
/* Translators: subtitle in data/providers/openai-compatible.json */
N_ ("Many gateways refuse what OpenAI does not have")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Another size")
/* Translators: subtitle in data/providers/openai-compatible.json */
N_ ("Such as 960x544, instead of the one chosen")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Sound")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("On")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Off")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("Frames a second")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("16")
/* Translators: title in data/providers/openai-compatible.json */
N_ ("24")
/* Translators: name in data/providers/openrouter.json */
N_ ("OpenRouter")
/* Translators: summary in data/providers/openrouter.json */
N_ ("One key for Seedance, Kling, Veo, Wan, Hailuo, Grok Imagine and others")
/* Translators: summary in data/providers/openrouter.json */
N_ ("Sound and two frames, up to 4K.")
/* Translators: summary in data/providers/openrouter.json */
N_ ("From words or a picture, with its own sound.")
/* Translators: name in data/providers/openrouter.json */
N_ ("Hailuo 3 Max")
/* Translators: summary in data/providers/openrouter.json */
N_ ("From words or a picture.")
/* Translators: name in data/providers/openrouter.json */
N_ ("Grok Imagine 1.5")
/* Translators: summary in data/providers/openrouter.json */
N_ ("Fast and cheap, from words or a picture.")
/* Translators: name in data/providers/pika.json */
N_ ("Pika")
/* Translators: summary in data/providers/pika.json */
N_ ("Pika’s models as fal serves them")
/* Translators: name in data/providers/pika.json */
N_ ("Pika 2.2")
/* Translators: summary in data/providers/pika.json */
N_ ("From words, a picture, two pictures to go between, or pictures to put together.")
/* Translators: name in data/providers/pika.json */
N_ ("Pika 2.1")
/* Translators: name in data/providers/pika.json */
N_ ("Pika 2 Turbo")
/* Translators: name in data/providers/replicate.json */
N_ ("Replicate")
/* Translators: summary in data/providers/replicate.json */
N_ ("Official models, and any other by owner/name or owner/name:version")
/* Translators: summary in data/providers/replicate.json */
N_ ("With sound, from words or frames.")
/* Translators: name in data/providers/replicate.json */
N_ ("Seedance 1.5 Pro")
/* Translators: summary in data/providers/replicate.json */
N_ ("From words or frames.")
/* Translators: name in data/providers/replicate.json */
N_ ("Runway Gen-4.5")
/* Translators: name in data/providers/replicate.json */
N_ ("Grok Imagine")
/* Translators: name in data/providers/runway.json */
N_ ("Runway")
/* Translators: summary in data/providers/runway.json */
N_ ("Runway’s own models and those of others under one key")
/* Translators: name in data/providers/runway.json */
N_ ("Gen-4.5")
/* Translators: summary in data/providers/runway.json */
N_ ("Runway’s own newest, from words or a picture.")
/* Translators: title in data/providers/runway.json */
N_ ("Public figures")
/* Translators: subtitle in data/providers/runway.json */
N_ ("How strictly people who can be recognised are refused")
/* Translators: title in data/providers/runway.json */
N_ ("As usual")
/* Translators: title in data/providers/runway.json */
N_ ("Less strictly")
/* Translators: name in data/providers/runway.json */
N_ ("Gen-4 Turbo")
/* Translators: summary in data/providers/runway.json */
N_ ("Moves a picture, quick and cheap.")
/* Translators: summary in data/providers/runway.json */
N_ ("Google’s, with sound and a last frame.")
/* Translators: summary in data/providers/runway.json */
N_ ("Google’s, quicker and cheaper.")
/* Translators: name in data/providers/runway.json */
N_ ("Seedance 2")
/* Translators: summary in data/providers/runway.json */
N_ ("ByteDance’s, up to 4K, with sound and pictures to refer to.")
/* Translators: name in data/providers/runway.json */
N_ ("Seedance 2 Fast")
/* Translators: summary in data/providers/runway.json */
N_ ("Quicker, up to 720p.")
/* Translators: name in data/providers/runway.json */
N_ ("Seedance 2 Mini")
/* Translators: summary in data/providers/runway.json */
N_ ("The smallest of them, up to 720p.")
/* Translators: summary in data/providers/runway.json */
N_ ("Up to half a minute and 30 pictures to refer to.")
/* Translators: name in data/providers/runway.json */
N_ ("Hailuo 3")
/* Translators: summary in data/providers/runway.json */
N_ ("MiniMax’s, with sound.")
/* Translators: name in data/providers/runway.json */
N_ ("H3 Max")
/* Translators: summary in data/providers/runway.json */
N_ ("MiniMax’s, cheaper.")
/* Translators: summary in data/providers/runway.json */
N_ ("Alibaba’s, from words or a picture.")
/* Translators: name in data/providers/runway.json */
N_ ("Wan 3")
/* Translators: summary in data/providers/runway.json */
N_ ("Alibaba’s, with sound and pictures to refer to.")
/* Translators: name in data/providers/runway.json */
N_ ("Wan 3 Prime")
/* Translators: summary in data/providers/runway.json */
N_ ("The better one of the two.")
/* Translators: name in data/providers/runway.json */
N_ ("Gemini Omni Flash")
/* Translators: summary in data/providers/runway.json */
N_ ("Google’s, from words or a picture.")
/* Translators: name in data/providers/runway.json */
N_ ("Gemini Omni Flash 1.1")
/* Translators: summary in data/providers/runway.json */
N_ ("The same with a last frame, up to 4K.")
/* Translators: summary in data/providers/runway.json */
N_ ("xAI’s, with sound.")
/* Translators: name in data/providers/seedance.json */
N_ ("Seedance")
/* Translators: summary in data/providers/seedance.json */
N_ ("ByteDance’s own service: BytePlus, and Volcengine in China")
/* Translators: name in data/providers/seedance.json */
N_ ("BytePlus")
/* Translators: name in data/providers/seedance.json */
N_ ("Volcengine")
/* Translators: summary in data/providers/seedance.json */
N_ ("Up to 30 seconds with sound, from words, frames, or up to thirty pictures to refer to.")
/* Translators: summary in data/providers/seedance.json */
N_ ("Up to 15 seconds with sound, with up to nine pictures to refer to.")
/* Translators: summary in data/providers/seedance.json */
N_ ("Quicker, at up to 720p.")
/* Translators: name in data/providers/seedance.json */
N_ ("Seedance 2.0 Mini")
/* Translators: summary in data/providers/seedance.json */
N_ ("The smallest of the generation, in China.")
/* Translators: summary in data/providers/seedance.json */
N_ ("The first one with sound.")
/* Translators: title in data/providers/seedance.json */
N_ ("Service")
/* Translators: subtitle in data/providers/seedance.json */
N_ ("Offline costs half, and may take hours")
/* Translators: title in data/providers/seedance.json */
N_ ("At once")
/* Translators: title in data/providers/seedance.json */
N_ ("Offline")
/* Translators: name in data/providers/seedance.json */
N_ ("Seedance 1.0 Pro")
/* Translators: summary in data/providers/seedance.json */
N_ ("Silent, from 2 seconds on.")
/* Translators: name in data/providers/sglang.json */
N_ ("SGLang")
/* Translators: summary in data/providers/sglang.json */
N_ ("The server of the SGLang project on a computer of your own")
/* Translators: name in data/providers/sora2.json */
N_ ("Sora 2 Relays")
/* Translators: summary in data/providers/sora2.json */
N_ ("Relays such as Comfly and yunwu: Veo, Grok, Wan and what else they sell under one key")
/* Translators: name in data/providers/sora2.json */
N_ ("Comfly")
/* Translators: name in data/providers/sora2.json */
N_ ("t8star")
/* Translators: name in data/providers/sora2.json */
N_ ("yunwu")
/* Translators: name in data/providers/sora2.json */
N_ ("GPT Best")
/* Translators: name in data/providers/sora2.json */
N_ ("GPT Best Hong Kong")
/* Translators: name in data/providers/sora2.json */
N_ ("whatai")
/* Translators: summary in data/providers/sora2.json */
N_ ("Eight seconds with sound, from words or a picture.")
/* Translators: title in data/providers/sora2.json */
N_ ("Enhance prompt")
/* Translators: subtitle in data/providers/sora2.json */
N_ ("The service may translate and enrich the prompt")
/* Translators: title in data/providers/sora2.json */
N_ ("Upscale")
/* Translators: subtitle in data/providers/sora2.json */
N_ ("Make the clip larger in the end")
/* Translators: subtitle in data/providers/sora2.json */
N_ ("Some relays serve a model only in the older way")
/* Translators: title in data/providers/sora2.json */
N_ ("Version 2")
/* Translators: title in data/providers/sora2.json */
N_ ("Version 1")
/* Translators: name in data/providers/sora2.json */
N_ ("Veo 3.1 4K")
/* Translators: summary in data/providers/sora2.json */
N_ ("The same in 4K.")
/* Translators: name in data/providers/sora2.json */
N_ ("Veo 3.1 Components")
/* Translators: summary in data/providers/sora2.json */
N_ ("Puts what it sees in up to four pictures into one clip.")
/* Translators: name in data/providers/sora2.json */
N_ ("Veo 3")
/* Translators: summary in data/providers/sora2.json */
N_ ("The version before, from words or a picture.")
/* Translators: name in data/providers/sora2.json */
N_ ("Veo 3 Fast Frames")
/* Translators: summary in data/providers/sora2.json */
N_ ("From one picture to another.")
/* Translators: name in data/providers/sora2.json */
N_ ("Grok Video 3")
/* Translators: summary in data/providers/sora2.json */
N_ ("The model decides on the length.")
/* Translators: summary in data/providers/sora2.json */
N_ ("Up to thirty seconds, from words or a picture.")
/* Translators: title in data/providers/sora2.json */
N_ ("Private")
/* Translators: subtitle in data/providers/sora2.json */
N_ ("The clip is not published")
/* Translators: name in data/providers/sora2.json */
N_ ("Sora 2 Pro")
/* Translators: summary in data/providers/sora2.json */
N_ ("OpenAI’s larger model, which it has closed.")
/* Translators: title in data/providers/sora2.json */
N_ ("High definition")
/* Translators: subtitle in data/providers/sora2.json */
N_ ("Takes about eight minutes longer")
/* Translators: name in data/providers/stable-diffusion-cpp.json */
N_ ("stable-diffusion.cpp")
/* Translators: summary in data/providers/stable-diffusion-cpp.json */
N_ ("sd-server on a computer of your own")
/* Translators: summary in data/providers/stable-diffusion-cpp.json */
N_ ("What sd-server was started with.")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu")
/* Translators: summary in data/providers/vidu.json */
N_ ("ShengShu’s own service, with one key for each side of the world")
/* Translators: name in data/providers/vidu.json */
N_ ("International")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q3 Turbo")
/* Translators: summary in data/providers/vidu.json */
N_ ("Quick, up to 16 seconds with sound.")
/* Translators: title in data/providers/vidu.json */
N_ ("Off-peak")
/* Translators: subtitle in data/providers/vidu.json */
N_ ("Costs half, and is there within 48 hours")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q3 Pro")
/* Translators: summary in data/providers/vidu.json */
N_ ("The better one, up to 16 seconds with sound.")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q3 Pro Fast")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q3")
/* Translators: summary in data/providers/vidu.json */
N_ ("From up to seven pictures to refer to, with sound.")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q3 Mix")
/* Translators: summary in data/providers/vidu.json */
N_ ("The same, with another taste.")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q2 Pro")
/* Translators: summary in data/providers/vidu.json */
N_ ("Silent; moves a picture.")
/* Translators: title in data/providers/vidu.json */
N_ ("Movement")
/* Translators: title in data/providers/vidu.json */
N_ ("As it fits")
/* Translators: title in data/providers/vidu.json */
N_ ("Little")
/* Translators: title in data/providers/vidu.json */
N_ ("Some")
/* Translators: title in data/providers/vidu.json */
N_ ("Much")
/* Translators: title in data/providers/vidu.json */
N_ ("Background music")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q2 Turbo")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu Q1")
/* Translators: summary in data/providers/vidu.json */
N_ ("Five seconds at 1080p.")
/* Translators: name in data/providers/vidu.json */
N_ ("Vidu 2.0")
/* Translators: name in data/providers/vllm-omni.json */
N_ ("vLLM-Omni")
/* Translators: summary in data/providers/vllm-omni.json */
N_ ("The server of the vLLM project on a computer of your own")
/* Translators: name in data/providers/vllm-omni.json */
N_ ("This Computer, Port 8000")
/* Translators: name in data/providers/xai.json */
N_ ("xAI")
/* Translators: summary in data/providers/xai.json */
N_ ("Grok Imagine from the company that makes it")
/* Translators: summary in data/providers/xai.json */
N_ ("From words, a picture, or up to seven pictures to refer to.")
/* Translators: name in data/providers/xai.json */
N_ ("Grok Imagine Video 1.5")
/* Translators: summary in data/providers/xai.json */
N_ ("Sharper, and it can end on a picture of yours.")
/* Translators: name in data/providers/xai.json */
N_ ("Grok Imagine Video 1.5 Lite")
/* Translators: summary in data/providers/xai.json */
N_ ("The cheapest one.")
